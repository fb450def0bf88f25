import { parseGenre } from '../../core/parse-words.ts';
import { type Call, refuse } from '../../core/request.ts';
import type { ChatCommand, MessageCommand } from './event-schema.ts';
import { attachmentsOf, fileOf, picturesOf, senderOf, vibeCall } from './picture-of.ts';

/** What was asked, and whether who asks is alone to see the answer where others could read along. */
export interface ParsedCommand {
  readonly call: Call;
  readonly isPrivate: boolean;
}

/** A command by its name; one that is none of ours, registered by an earlier version, gets the help. */
export function parseChatCommand({ name, options, resolved }: ChatCommand, askerId: string): ParsedCommand {
  const given = (wanted: string) => options.find((option) => option.name === wanted)?.value;
  const words = (...names: readonly string[]) =>
    names.map(given).filter((value): value is string => typeof value === 'string');
  switch (name) {
    case 'vibe': {
      const image = resolved.attachments[String(given('image'))];
      const [genre] = words('genre');
      const why = genre === undefined ? null : parseGenre(genre);
      const call = image ? vibeCall([fileOf(image)], null, why, askerId) : refuse('no-picture-here', {});
      return { call, isPrivate: given('private') === true };
    }
    case 'playlist':
      return { call: { command: 'playlist', words: words('genre', 'region') }, isPrivate: false };
    case 'language':
      return { call: { command: 'language', words: words('language') }, isPrivate: true };
    case 'stats':
      return { call: { command: 'stats' }, isPrivate: given('private') === true };
    case 'about':
    case 'privacy':
    case 'export':
    case 'forget':
      return { call: { command: name }, isPrivate: true };
    default:
      return { call: { command: 'help', asked: true }, isPrivate: true };
  }
}

/** "Get the vibe", the only command that messages have. */
export function parseMessageCommand({ target_id, resolved }: MessageCommand, botId: string): ParsedCommand {
  const message = resolved.messages[target_id];
  const isOurs = message?.author.id === botId; // a heatmap is no photo
  const pictures = message && !isOurs ? picturesOf(message) : [];
  const other = message && !isOurs && attachmentsOf(message).length > 0;
  const refusal = refuse(other ? 'not-an-image' : 'no-picture-here', {});
  return {
    call: pictures.length > 0 ? vibeCall(pictures, null, null, message && senderOf(message)) : refusal,
    isPrivate: true,
  };
}
