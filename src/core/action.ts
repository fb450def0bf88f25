import { GENRES, type Genre } from './genre.ts';
import { REGIONS, type Region } from './playlist.ts';
import type { TrackTurn } from './ports.ts';
import { LANGUAGE_CODES, type Language } from './types.ts';

/** What a button on a card does. */
export type Action =
  | { readonly kind: ResultActionKind; readonly result: string }
  | { readonly kind: GenreActionKind; readonly result: string; readonly genre: Genre }
  | { readonly kind: 'language'; readonly language: Language; readonly forChat: boolean }
  /** Whether the photos of whoever presses are kept; `result`: the answer that asked; null: none did. */
  | { readonly kind: 'consent'; readonly keep: boolean; readonly result: string | null }
  | { readonly kind: 'playlist'; readonly genre: Genre; readonly region: Region | null }
  /** Songs of a list, as a message of their own. */
  | { readonly kind: 'tracks'; readonly genre: Genre; readonly region: Region }
  /** Others of the list, or of another one, in the place of those. */
  | TurnAction;

export interface TurnAction extends TrackTurn {
  readonly kind: 'turn';
  readonly genre: Genre;
  readonly region: Region;
  /** Whoever presses: others read it, too. */
  readonly language: Language;
}

/** why: shows the genres to choose from; back: the card as it was; up, down: votes; share: posts it for all in the chat. */
export type ResultActionKind = 'why' | 'back' | 'up' | 'down' | 'share';
/** why-genre: the photo's map and words for that genre; down-genre: what it should have been. */
export type GenreActionKind = 'why-genre' | 'down-genre';

/** A button's data. */
export type Encode = (action: Action) => string;

/** A keyed checksum of a text: as many characters as asked for of A–Z a–z 0–9 - _. */
export type Mac = (text: string, length: number) => string;

const CODES = {
  why: 'w',
  back: 'b',
  up: 'u',
  down: 'd',
  share: 's',
  'why-genre': 'W',
  'down-genre': 'D',
  language: 'l',
  consent: 'c',
  playlist: 'p',
  tracks: 't',
  turn: 'T',
} as const satisfies Record<Action['kind'], string>;

/** 60 bits, checked online against a bot that answers a few times a second. */
const MAC_LENGTH = 10;

/** A button's data, at most 64 bytes (Telegram's limit): code, arguments, checksum, with dots between. */
export function encodeAction(action: Action, mac: Mac): string {
  const body = [CODES[action.kind], ...argumentsOf(action)].join('.');
  return `${body}.${mac(body, MAC_LENGTH)}`;
}

function argumentsOf(action: Action): readonly (string | number)[] {
  switch (action.kind) {
    case 'language':
      return [action.language, action.forChat ? 'chat' : 'me'];
    case 'consent':
      return [action.keep ? 'keep' : 'drop', action.result ?? ''];
    case 'playlist':
      return [GENRES.indexOf(action.genre), action.region ?? 'both'];
    case 'tracks':
      return [GENRES.indexOf(action.genre), action.region];
    case 'turn':
      return [GENRES.indexOf(action.genre), action.region, action.seed, action.page, action.language];
    case 'why-genre':
    case 'down-genre':
      return [action.result, GENRES.indexOf(action.genre)];
    default:
      return [action.result];
  }
}

/** null when it is not one of ours: forged, cut, or from another key. */
export function decodeAction(data: string, mac: Mac): Action | null {
  const end = data.lastIndexOf('.');
  const body = data.slice(0, Math.max(0, end));
  if (end < 1 || data.slice(end + 1) !== mac(body, MAC_LENGTH)) return null;
  const [code, first = '', second = '', ...rest] = body.split('.');
  const genre = GENRES[Number(second)];
  switch (code) {
    case CODES.why:
    case CODES.back:
    case CODES.up:
    case CODES.down:
    case CODES.share:
      return { kind: kindOf(code) as ResultActionKind, result: first };
    case CODES['why-genre']:
    case CODES['down-genre']:
      return genre ? { kind: kindOf(code) as GenreActionKind, result: first, genre } : null;
    case CODES.language: {
      const language = LANGUAGE_CODES.find((each) => each === first);
      return language ? { kind: 'language', language, forChat: second === 'chat' } : null;
    }
    case CODES.consent:
      return { kind: 'consent', keep: first === 'keep', result: second || null };
    case CODES.playlist: {
      const wanted = GENRES[Number(first)];
      return wanted
        ? { kind: 'playlist', genre: wanted, region: REGIONS.find((each) => each === second) ?? null }
        : null;
    }
    case CODES.tracks:
    case CODES.turn:
      return tracksAction(code, GENRES[Number(first)], second, rest);
    default:
      return null;
  }
}

function tracksAction(
  code: string,
  genre: Genre | undefined,
  regionName: string,
  [seed, page, languageCode]: readonly string[],
): Action | null {
  const region = REGIONS.find((each) => each === regionName);
  if (!genre || !region) return null;
  const language = LANGUAGE_CODES.find((each) => each === languageCode);
  if (code === CODES.tracks) return { kind: 'tracks', genre, region };
  return language ? { kind: 'turn', genre, region, seed: Number(seed), page: Number(page), language } : null;
}

function kindOf(code: string): Action['kind'] | undefined {
  return (Object.keys(CODES) as Action['kind'][]).find((kind) => CODES[kind] === code);
}
