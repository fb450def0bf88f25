import type { Genre } from '../../core/genre.ts';
import { parseGenre } from '../../core/parse-words.ts';
import { type Call, refuse, type VibeCall } from '../../core/request.ts';
import type { TelegramPicture } from './picture-of.ts';

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

/** A picture, and the id of the person who sent it, where that is known. */
export interface SentPicture extends TelegramPicture {
  readonly sender?: string;
}

/** What a command calls; `picture` is the one it came with. null for a command that is none of ours. */
export function callOf({ name, words }: TypedCommand, picture: SentPicture | null): Call | null {
  switch (name) {
    case 'vibe': {
      const why = words.map(parseGenre).find((genre) => genre !== null) ?? null;
      return picture ? vibeCall(picture, why) : refuse('no-photo', {});
    }
    case 'playlist':
    case 'language':
      return { command: name, words };
    case 'start':
    case 'help':
      return { command: 'help', asked: true };
    case 'about':
    case 'stats':
    case 'privacy':
    case 'export':
    case 'forget':
      return { command: name };
    default:
      return null;
  }
}

export function vibeCall({ image, spoiler, ...sent }: SentPicture, why: Genre | null): VibeCall {
  return { command: 'vibe', images: [image], ...sent, why, asked: true, spoiler };
}
