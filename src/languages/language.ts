import type { Genre } from '../core/genre.ts';
import type { Region } from '../core/playlist.ts';
import type { PlatformName } from '../core/request.ts';
import type { Language, Note } from '../core/types.ts';
import type { UserErrorValues } from '../core/user-error.ts';
import type { AdminWords } from './admin-words.ts';
import type { ExplanationWords } from './explanation-words.ts';
import type { MenuCommand } from './menu-commands.ts';
import type { PrivacyWords } from './privacy-words.ts';
import type { RegistrationWords } from './registration-words.ts';
import type { SlashWords } from './slash-words.ts';
import type { StatsWords } from './stats-words.ts';

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
  readonly chat: ChatWords;
  readonly privacy: PrivacyWords;
  readonly admin: AdminWords;
  readonly terminal: TerminalWords;
  readonly start: StartWords;
  readonly registration: RegistrationWords;
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
  /** The photo as it was read, beside its heatmap. */
  readonly photo: string;
  /** Says what the colours of the heatmap mean. */
  readonly legend: string;
  /** Under words that stand in for better ones. */
  readonly standIn: string;
  readonly playlistsHeading: string;
  /** Over links to other services. */
  readonly elsewhereHeading: string;
  /** 'Jazz · Global' */
  playlist(genre: Genre, region: Region): string;
  /** In place of a part that is still being made. */
  readonly pending: string;
  /** In place of a part that could not be had. */
  readonly unavailable: string;
}

/** What is said in chats only. */
export interface ChatWords {
  /** Under the title of an album: how many were read as one, and which speaks loudest for the genre. */
  album(count: number, loudest: number, genre: Genre): string;
  /** How many pictures of an album could not be read. */
  unread(count: number): string;
  /** The photo waits its turn as number `place`. */
  waiting(place: number): string;
  /** The words are about `genre`, and the picture still shows the heatmap of `shown`. */
  noPicture(genre: Genre, shown: Genre): string;
  readonly buttons: {
    /** Opens the choice of genres: 'Why not …?' */
    readonly why: string;
    readonly back: string;
    readonly share: string;
    /** On a vote's button once it is the person's own. */
    voted(mark: string): string;
    /** Shows songs. */
    readonly tracks: string;
    /** Shows other songs in their place. */
    readonly more: string;
    /** A label of what is shown just now. */
    chosen(label: string): string;
  };
  /** Over songs of a list. */
  tracksTitle(genre: Genre, region: Region): string;
  /** Over the genres to choose from when the answer was wrong. */
  readonly askRight: string;
  readonly thanks: string;
  thanksGenre(genre: Genre): string;
  readonly help: {
    readonly title: string;
    readonly lines: readonly [string, string];
    /** The third line: how to ask where others read along. */
    readonly inGroups: Readonly<Record<PlatformName, string>>;
    readonly example: string;
  };
  readonly about: {
    readonly title: string;
    /** What the product is. */
    readonly what: string;
    /** `accuracy`: share of test pictures named right, 0 … 1. */
    model(version: string, backbone: string, accuracy: number): string;
    readonly privacyHeading: string;
    readonly privacy: string;
    /** Said where a service outside is shown the photo, to describe it. */
    readonly describer: string;
  };
  readonly playlist: {
    readonly ask: string;
    unknown(word: string): string;
  };
  readonly language: {
    readonly title: string;
    readonly ask: string;
    /** Over the buttons for the whole group. */
    readonly askChat: string;
    /** A button's label for the whole group; `name` is the language's own. */
    forChat(name: string): string;
    readonly done: string;
    readonly doneChat: string;
    unknown(word: string): string;
  };
  readonly search: {
    /** 'Jazz · 62% · 3 May', under a found result; `at` in milliseconds since 1970. */
    result(genre: Genre, at: number): string;
    readonly playlists: string;
    readonly hint: string;
    readonly nothing: string;
  };
  readonly stats: StatsWords;
  /** The menu's line for each command, at most 60 characters. */
  readonly menu: Readonly<Record<MenuCommand, string>>;
  readonly slash: SlashWords;
  /** What an empty chat shows; at most 512 characters. */
  readonly description: string;
  /** Under the bot's name; at most 120 characters. */
  readonly shortDescription: string;
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
  /** What PLAYLISTS_FILE names is no map of playlists; `reason` is in English. */
  unusablePlaylists(reason: string): string;
  /** `reason` is for whoever runs the program, in English. */
  unusableModel(reason: string): string;
  /** The folder for what must outlive the program cannot be used; `reason` is in English. */
  unusableState(folder: string, reason: string): string;
  /** `platform` refused the token that `setting` holds. */
  refusedToken(platform: string, setting: string): string;
  /** `platform` does not let the bot hear of what it asks to hear of. */
  refusedIntents(platform: string): string;
  /** Somebody else listens there, or it is not allowed. */
  unusablePort(host: string, port: number): string;
  /** Another program polls with the same token. */
  otherPoller(platform: string): string;
  /** `settings`: the names of which at least one must be set. */
  noToken(settings: readonly string[]): string;
  /** The same where `secret` may hold one and could not be read; `reason` is in English. */
  noTokenNorSecret(settings: readonly string[], secret: string, reason: string): string;
  /** `secret`, which holds settings, could not be read, and the program goes on; `reason` is in English. */
  unreadableSecret(secret: string, reason: string): string;
}
