import { isRecord } from '../local-server/is-record.ts';
import { checkKeyboard } from './check-keyboard.ts';
import { readCaption, readText } from './formatted-text.ts';
import type { Method, Params } from './method.ts';
import { violation } from './refusal.ts';
import type { World } from './world.ts';

const MAX_ANSWER = 200;
const MAX_RESULTS = 50;
const MAX_ID_BYTES = 64;

/** The methods that answer what somebody pressed or typed. */
export const answerMethods: Readonly<Record<string, Method>> = {
  answerCallbackQuery({ params, world }) {
    if (String(params['text'] ?? '').length > MAX_ANSWER) throw violation('MESSAGE_TOO_LONG');
    world.queries.answer(params['callback_query_id']);
    return true;
  },

  answerInlineQuery({ params, world }) {
    const results = params['results'] as readonly Params[];
    if (results.length > MAX_RESULTS) throw violation('RESULTS_TOO_MUCH');
    if (Buffer.byteLength(String(params['next_offset'] ?? '')) > MAX_ID_BYTES)
      throw violation('NEXT_OFFSET_INVALID');
    const ids = results.map(({ id }) => String(id));
    if (new Set(ids).size < ids.length) throw violation('RESULT_ID_DUPLICATE');
    if (ids.some((id) => id === '' || Buffer.byteLength(id) > MAX_ID_BYTES))
      throw violation('RESULT_ID_INVALID');
    for (const result of results) checkResult(result, world);
    checkButton(params['button']);
    world.queries.answer(params['inline_query_id']);
    for (const result of results) world.inlineResults.set(String(result['id']), result);
    return true;
  },
};

function checkResult(result: Params, world: World): void {
  checkKeyboard(result['reply_markup']);
  readCaption(result);
  const content = result['input_message_content'];
  if (isRecord(content) && 'message_text' in content) readText(content, 'message_text');
  for (const [key, value] of Object.entries(result)) {
    if (key.endsWith('_file_id')) world.files.get(value);
    if (key.endsWith('_url') && !/^https?:\/\/[^\s/]+/i.test(String(value)))
      throw violation('WEBDOCUMENT_URL_INVALID');
  }
}

function checkButton(button: unknown): void {
  if (!isRecord(button) || button['web_app'] !== undefined) return;
  if (!/^[\w-]{1,64}$/.test(String(button['start_parameter'] ?? ''))) {
    throw violation("can't parse inline query results button: START_PARAM_INVALID");
  }
}
