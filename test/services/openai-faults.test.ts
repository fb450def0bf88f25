import { expect, it } from 'vitest';
import { OPENAI_KEY, type OpenaiFault } from '../support/openai/fake-openai.ts';
import { OpenaiRefusal } from '../support/openai/openai-refusal.ts';
import { openWords } from '../support/openai-words.ts';

/** As the program has it. */
const LIMIT_MS = 20_000;
/** For what never answers, so that it costs little. */
const SHORT_LIMIT_MS = 900;
/** What a busy machine may take beside. */
const SLACK_MS = 5000;
const ALWAYS = Number.POSITIVE_INFINITY;

interface Row {
  readonly name: string;
  readonly fault: OpenaiFault;
  /** Calls when it happens again and again. */
  readonly calls: number;
  readonly reason: string;
  /** Whether it may have cost something. */
  readonly costs: boolean;
}

const refuse = (refusal: OpenaiRefusal) => ({ kind: 'refuse', refusal }) as const;
const answer = (status: number, body: string, contentType = 'application/json') =>
  ({ kind: 'answer', status, body, contentType }) as const;
const choice = (message: object, finish_reason = 'stop') =>
  ({
    kind: 'choice',
    choice: { message: { role: 'assistant', content: null, refusal: null, ...message }, finish_reason },
  }) as const;
const content = (text: string) => choice({ content: text });
const row = (name: string, fault: OpenaiFault, calls: number, reason: string, costs: boolean): Row => ({
  ...{ name, fault, calls, reason, costs },
});

const FAULTS: readonly Row[] = [
  row('429, try again soon', refuse(OpenaiRefusal.tooFast({ 'retry-after-ms': '20' })), 2, 'http 429', false),
  row('429, try again in 90 s', refuse(OpenaiRefusal.tooFast({ 'retry-after': '90' })), 1, 'http 429', false),
  row(
    '429, try again tomorrow',
    refuse(OpenaiRefusal.tooFast({ 'retry-after': 'Sat, 01 Jan 2050 00:00:00 GMT' })),
    1,
    'http 429',
    false,
  ),
  row('the quota is used up', refuse(OpenaiRefusal.insufficientQuota()), 1, 'insufficient quota', false),
  row('500', refuse(OpenaiRefusal.serverError()), 2, 'http 500', false),
  row('503', refuse(OpenaiRefusal.serverError(503)), 2, 'http 503', false),
  row('400', refuse(OpenaiRefusal.badRequest('Invalid image.')), 1, 'http 400', false),
  row('401', refuse(OpenaiRefusal.keyInvalid(OPENAI_KEY)), 1, 'key refused', false),
  row('403', refuse(OpenaiRefusal.forbidden()), 1, 'key refused', false),
  row('502 in HTML', answer(502, '<html>Bad Gateway</html>', 'text/html'), 2, 'http 502', true),
  row('504 in HTML', answer(504, '<html>Gateway Timeout</html>', 'text/html'), 2, 'http 504', true),
  row('404 in HTML', answer(404, '<html>Not Found</html>', 'text/html'), 1, 'http 404', false),
  row('a page in HTML', answer(200, '<html>Hello</html>', 'text/html'), 1, 'malformed', true),
  row('HTML that calls itself JSON', answer(200, '<html>Hello</html>'), 2, 'malformed', true),
  row('malformed JSON', answer(200, '{"choices":[{'), 2, 'malformed', true),
  row('other JSON', answer(200, '{"choices":"none"}'), 1, 'malformed', true),
  row('no body', answer(200, ''), 1, 'malformed', true),
  row('a dropped socket', { kind: 'drop' }, 2, 'not connected', true),
  row('a truncated body', { kind: 'truncate' }, 2, 'cut off', true),
  row('no answer', { kind: 'stall' }, 1, 'timed out', true),
  row('a stalled body', { kind: 'stall-body' }, 1, 'timed out', true),
  row('no choices', { kind: 'choice', choice: null }, 1, 'no choices', true),
  row('a refusal', choice({ refusal: 'I can’t help with that.' }), 1, 'refusal', true),
  row('a refusal in plain text', content('I’m sorry, I can’t help with that.'), 1, 'malformed', true),
  row('no content', choice({}), 1, 'malformed', true),
  row('an end for its length', choice({ content: '{"genre":"ja' }, 'length'), 1, 'length', true),
  row('an end by the filter', choice({ content: '' }, 'content_filter'), 1, 'content_filter', true),
  row('JSON of another shape', content('{"genre":"jazz","photo":"P"}'), 1, 'malformed', true),
  row('a genre that is none', { kind: 'words', words: { genre: 'polka' } }, 1, 'malformed', true),
  row('another genre', { kind: 'words', words: { genre: 'rock' } }, 1, 'another genre', true),
  row('empty words', { kind: 'words', words: { photo: ' ' } }, 1, 'malformed', true),
  row(
    'nothing but a link',
    { kind: 'words', words: { heatmap: 'https://evil.example/x' } },
    1,
    'malformed',
    true,
  ),
];

it.each(FAULTS)(
  'gives local words in time, and shows no key: $name',
  async ({ fault, calls, reason, costs }) => {
    const limitMs = reason === 'timed out' ? SHORT_LIMIT_MS : LIMIT_MS;
    const { explain, local, fake, reasons, ledger, lines, expectNoKey } = await openWords({ limitMs });
    fake.fail({ times: ALWAYS, ...fault });
    const began = performance.now();
    expect(await explain()).toEqual({ ...(await local()), standIn: true });
    expect(performance.now() - began).toBeLessThan(limitMs + SLACK_MS);
    expect(fake.calls).toHaveLength(calls);
    expect(reasons()).toEqual([`local ${reason}`]);
    expect(ledger.left() < 1).toBe(costs);
    const line = { level: 'warn', details: { model: 'gpt-4o', reason } };
    expect(lines).toMatchObject(Array.from({ length: calls }, () => line));
    expectNoKey();
  },
);

it.each(FAULTS.filter(({ calls }) => calls === 2))('gets over it once: $name', async ({ fault }) => {
  const { explain, fake, reasons, pauses } = await openWords();
  fake.fail(fault);
  expect(await explain()).toMatchObject({ source: 'openai' });
  expect(fake.calls).toHaveLength(2);
  expect(reasons()).toEqual(['openai answered']);
  expect(pauses).toHaveLength(1);
});

it('has local words where nobody listens', async () => {
  const { explain, fake, reasons, ledger } = await openWords();
  await fake.close();
  expect(await explain()).toMatchObject({ source: 'local', standIn: true });
  expect(reasons()).toEqual(['local not connected']);
  expect(ledger.left()).toBe(1);
});
