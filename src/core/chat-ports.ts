/**
 * What chats need of the outside; ports.ts has what reading a photo needs, store.ts and archive.ts what is kept. Calls that take a signal end early,
 * rejecting with its reason, when it aborts.
 */

import type { Card, Finds, Publication, Toast } from './card.ts';
import type { ImageSource } from './ports.ts';
import type { Plain, Request } from './request.ts';
import type { Posted } from './stored-result.ts';

/** Milliseconds since 1970, for what outlives the process. */
export type Calendar = () => number;

/** Resolves after so many milliseconds; rejects with the signal's reason when it aborts. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** photo: reads pictures anew and is limited for each person; quick: the rest, which does not wait behind those. */
export type Lane = 'photo' | 'quick';

export interface AcceptOptions {
  readonly lane: Lane;
  /** The platform and its id of the update: a repeated one stays one. */
  readonly key: string;
  /** Rows of one group (an album) are taken together. */
  readonly groupKey: string | null;
  /** Milliseconds since 1970; a group is taken once the last of its rows may be. */
  readonly notBefore: number;
}

export interface Accepted {
  /** The row that stands for the job: the first of its group. */
  readonly id: number;
  /** False for a repeated key: nothing was written. */
  readonly fresh: boolean;
  /** It came to a group that waits already; also true for a repeated key. */
  readonly joined: boolean;
  /** Jobs of the lane that wait and were accepted earlier. */
  readonly ahead: number;
  /** The same asker's jobs of the lane that were accepted earlier, waiting or running, with nothing shown yet. */
  readonly ofAsker: number;
}

export interface Job {
  readonly id: number;
  readonly lane: Lane;
  /** One, or a group's in the order of acceptance. */
  readonly requests: readonly Request[];
  /** Of the first row. Fixed by key, so that a second attempt gives its result the same id. */
  readonly key: string;
  /** 1 at the first time. */
  readonly attempts: number;
  /** How often the program ended while the job was in hand. */
  readonly deaths: number;
  /** Posts whose outcome nobody knows: the platform may have shown the answer already. */
  readonly unsure: number;
  readonly posted: Posted | null;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
}

/**
 * What was accepted and is not finished, on disk. Every write is committed when its promise resolves; a write that the
 * disk refuses rejects, and then nothing of it holds.
 */
export interface Inbox {
  /** Whether the key was accepted in the last day, so that a repeated update costs no limit. */
  knows(key: string): Promise<boolean>;
  /** Idempotent on `key`. */
  accept(request: Request, options: AcceptOptions): Promise<Accepted>;
  /**
   * The job that has waited longest and may begin: its time has come and its asker has fewer than `perAsker` running in
   * this lane, but for those with the ids `uncounted`. Counts an attempt before any work. null when there is none.
   */
  take(lane: Lane, perAsker: number, uncounted?: readonly number[]): Promise<Job | null>;
  /** When the next waiting job's time comes, milliseconds since 1970, whether or not its asker may; null: none waits. */
  nextAt(lane: Lane): Promise<number | null>;
  /** Right before an answer is posted. */
  posting(id: number): Promise<void>;
  /** The platform has certainly not shown what was being posted. */
  notPosted(id: number): Promise<void>;
  /** Right after the platform answered. */
  posted(id: number, posted: Posted): Promise<void>;
  /** Empties the job's rows and keeps their keys for a day. */
  done(id: number): Promise<void>;
  /** As done, for a job that could not be answered; `reason` is one word or two. */
  bury(id: number, reason: string): Promise<void>;
  /** Puts a running job back. `forgive`: this attempt does not count. */
  release(id: number, notBefore: number, forgive: boolean): Promise<void>;
  /** Requests of one asker, by askerKey, that are not finished. */
  requestsOf(asker: string): Promise<readonly Request[]>;
  depth(): Promise<Readonly<Record<Lane, { readonly waiting: number; readonly running: number }>>>;
  /** Forgets keys that are older than a day. */
  purge(): Promise<void>;
}

/**
 * Answers on one platform. All but `working` and `abandon` throw OutletError, and OutletRefusal where the platform says no
 * for a reason that nobody has thought of; calls end within their own time limits.
 */
export interface Outlet {
  /** Shows for some seconds that an answer is on its way. Never throws. */
  working(request: Request, signal: AbortSignal): Promise<void>;
  post(request: Request, card: Card, signal: AbortSignal): Promise<Posted>;
  /** Whether a further post of the same answer takes the place of the one before: it may be tried as often as it takes. */
  isRepeatable(request: Request, signal: AbortSignal): Promise<boolean>;
  /** Idempotent. */
  edit(request: Request, posted: Posted, card: Card, signal: AbortSignal): Promise<Posted>;
  /** Once a press; an empty text only ends the waiting sign on the button. */
  toast(request: Request, toast: Toast, signal: AbortSignal): Promise<void>;
  /** Throws UserError may-not-post, too. */
  publish(request: Request, publication: Publication, signal: AbortSignal): Promise<void>;
  offer(request: Request, finds: Finds, signal: AbortSignal): Promise<void>;
  /** There will be no answer: takes back what says that there will. Never throws. */
  abandon(request: Request, signal: AbortSignal): Promise<void>;
  /** Resolves when the platform answers; to ask before something whose outcome matters. */
  ping(signal: AbortSignal): Promise<void>;
  /** Whether the asker may change what holds for the whole chat. */
  mayManage(request: Request, signal: AbortSignal): Promise<boolean>;
}

/** One chat platform, as the worker sees it. */
export interface Platform {
  readonly imageSource: ImageSource<Plain>;
  readonly outlet: Outlet;
  /** Cards show the photo as it was read beside its heatmap: the pixels come from there when a button asks for them. */
  readonly showsPhoto: boolean;
}

/** Counts and times for whoever runs the program. Names and labels as Prometheus has them. */
export interface Telemetry {
  count(event: CountedEvent): void;
  /** Milliseconds. */
  time(stage: string, ms: number): void;
  /** A value as it is now. */
  level(level: Level): void;
}

export interface Level {
  readonly name:
    | 'dead_playlists'
    | 'words_budget_left_dollars'
    | 'youtube_units_today'
    | 'outbox_bytes'
    | 'outbox_photos'
    | 'outbox_set_aside'
    | 'erasures_waiting';
  readonly value: number;
}

/** `amount` is what it counts for; 1 where there is none. */
export type CountedEvent =
  | { readonly name: 'requests'; readonly platform: string; readonly command: string }
  | {
      readonly name: 'answers';
      readonly platform: string;
      readonly command: string;
      readonly outcome: string;
    }
  /** A UserError's code, or 'bug'. */
  | { readonly name: 'errors'; readonly kind: string }
  | {
      readonly name: 'outside_calls';
      readonly service: string;
      readonly method: string;
      readonly outcome: string;
    }
  | { readonly name: 'refusals'; readonly reason: string }
  /** Where an answer's words come from, and why: 'answered', 'cached', or what stood in the way. */
  | { readonly name: 'words'; readonly source: string; readonly reason: string }
  | { readonly name: 'words_dollars'; readonly model: string; readonly amount: number }
  | { readonly name: 'youtube_units'; readonly amount: number }
  /** kept, full, failed, forgotten. */
  | { readonly name: 'kept_photos'; readonly outcome: string }
  /** stored, refused, or why it goes on later. */
  | { readonly name: 'archive_deliveries'; readonly outcome: string }
  /** asked, erased, or why it goes on later. */
  | { readonly name: 'erasures'; readonly outcome: string }
  | { readonly name: 'possible_duplicates' | 'undeliverable' | 'dead'; readonly platform: string };

/** Structured lines for whoever runs the program; `details` never hold secrets or what people sent. */
export interface Log {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  /** `error` in details is written with its stack and causes. */
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** Takes one of what a person or a group may have in a while. */
export interface Allowance {
  /** 0: taken. Else the milliseconds until there is one again. */
  take(key: string): Promise<number>;
}
