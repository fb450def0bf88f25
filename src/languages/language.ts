import type { Genre } from '../core/genre.ts';
import type { Language, Note, Region } from '../core/types.ts';
import type { UserErrorValues } from '../core/user-error.ts';
import type { ExplanationWords } from './explanation-words.ts';

/** Everything that is said to a person in one language. Functions take plain values and return finished text. */
export interface Words {
  readonly language: Language;
  /** The language's own name for itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly genres: Readonly<Record<Genre, string>>;
  readonly regions: Readonly<Record<Region, string>>;
  /** A share, 0 … 1, beside a bar: '<1%', '1%' … '99%'; the model is never certain. */
  percent(share: number): string;
  /** What was wrong with what the person sent; a full sentence. */
  readonly errors: { readonly [C in keyof UserErrorValues]: (values: UserErrorValues[C]) => string };
  readonly notes: Readonly<Record<Note, string>>;
  /** When the fault is ours. */
  readonly apology: string;
  readonly card: CardWords;
  readonly terminal: TerminalWords;
  readonly start: StartWords;
  readonly explanation: ExplanationWords;
}

/** The parts of a result card. Shares are 0 … 1, genres are codes: the words for both are filled in here. */
export interface CardWords {
  /** 'Jazz · 62%' */
  title(genre: Genre, share: number): string;
  /** The title when no genre clearly leads: 'Between jazz and rock'. */
  blend(first: Genre, second: Genre): string;
  /** The title when a genre was asked for: 'Why rock? · 12%'. */
  asked(genre: Genre, share: number): string;
  /** The line under it that says who won: 'First choice for this photo: jazz · 62%'. */
  winner(genre: Genre, share: number): string;
  /** Label of the list of all genres. */
  readonly scores: string;
  readonly photoHeading: string;
  readonly heatmapHeading: string;
  readonly heatmap: string;
  /** Says what the colours of the heatmap mean. */
  readonly legend: string;
  readonly playlistsHeading: string;
  /** 'Jazz · Global' */
  playlist(genre: Genre, region: Region): string;
  /** In place of a part that is still being made. */
  readonly pending: string;
  /** In place of a part that could not be had. */
  readonly unavailable: string;
}

/** What the terminal says about how it was called; each a full sentence without a line break. */
export interface TerminalWords {
  /** One line: how to call it; `command` is what to type before the photo. */
  usage(command: string): string;
  readonly noPhoto: string;
  unknownOption(option: string): string;
  missingValue(option: string): string;
  unknownGenre(name: string): string;
  unknownLanguage(name: string): string;
  /** The folder for the heatmaps cannot be made or written to. */
  unusableFolder(folder: string): string;
}

/** What the program says when it cannot start; each one line. */
export interface StartWords {
  /** `file` is there and cannot be read. */
  unreadableSettings(file: string): string;
  /** `settings`: the names of those whose values cannot be used. */
  unusableSettings(settings: readonly string[]): string;
  /** `reason` is for whoever runs the program, in English. */
  unusableModel(reason: string): string;
  /** `command`: what to type instead. */
  terminalOnly(command: string): string;
  /** `settings`: the names of which at least one must be set. */
  noToken(settings: readonly string[]): string;
}
