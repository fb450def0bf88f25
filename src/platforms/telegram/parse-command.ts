import { parseGenre } from '../../core/parse-words.ts';
import { type Call, refuse } from '../../core/request.ts';
import type { TelegramImage } from './address.ts';

export interface TypedCommand {
  readonly name: string;
  readonly words: readonly string[];
}

/** '/vibe rock' or '/vibe@our_bot rock'; null for anything else, and for another bot's command. */
export function parseCommand(text: string, username: string): TypedCommand | null {
  const [, name, addressee, rest = ''] = text.match(/^\/([a-z_]+)(?:@(\w+))?(?:\s+(.*))?$/is) ?? [];
  if (!name || (addressee && addressee.toLowerCase() !== username.toLowerCase())) return null;
  return { name: name.toLowerCase(), words: rest.split(/\s+/).filter(Boolean) };
}

/** What a command calls; `image` is the picture it came with. null for a command that is none of ours. */
export function callOf({ name, words }: TypedCommand, image: TelegramImage | null): Call | null {
  switch (name) {
    case 'vibe': {
      const why = words.map(parseGenre).find((genre) => genre !== null) ?? null;
      return image ? { command: 'vibe', images: [image], why, asked: true } : refuse('no-photo', {});
    }
    case 'playlist':
    case 'language':
      return { command: name, words };
    case 'start':
    case 'help':
      return { command: 'help', asked: true };
    case 'about':
      return { command: 'about' };
    default:
      return null;
  }
}
