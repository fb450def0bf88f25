import type { Accepted, Allowance, Calendar, Inbox, Lane, Log, Platform, Telemetry } from './chat-ports.ts';
import { askerKey, chatKey, type PlatformName, type RefuseCall, type Request, refuse } from './request.ts';
import type { Worker } from './worker.ts';

export interface Incoming {
  readonly request: Request;
  /** The platform and its id of the update. */
  readonly key: string;
  /** Pictures of one album share it. */
  readonly groupKey: string | null;
  /** The platform does not count its answer among the messages of which a chat bears only so many. */
  readonly uncounted?: true;
}

/** passed over: there will be no answer, for they have just been told that it is too much. */
export type Received = 'accepted' | 'passed over';

export type Receive = (incoming: Incoming) => Promise<Received>;

export interface ReceptionDependencies {
  readonly inbox: Inbox;
  readonly worker: Worker;
  readonly platforms: Partial<Readonly<Record<PlatformName, Platform>>>;
  /**
   * photos: of one asker. chat: all that is posted in one shared chat. quick: all but photos, of one asker. hints: help that
   * nobody asked for, in one shared chat. refusals: how often an asker, or a shared chat, is told of one.
   */
  readonly allowances: Readonly<Record<'photos' | 'quick' | 'hints' | 'refusals', Allowance>> & {
    readonly chat: Readonly<Record<PlatformName, Allowance>>;
  };
  /** A photo with so many before it will not be read within the second: its asker is told its place. */
  readonly worthTelling: number;
  readonly calendar: Calendar;
  readonly telemetry: Telemetry;
  readonly log: Log;
}

/** Photos that may wait; one more is refused as busy. */
const MAX_WAITING = 200;
/** The same of all else, which takes next to no time; one more is passed over. */
const MAX_QUICK_WAITING = 1000;
/** An album is whole when its last picture is this old. */
const ALBUM_SETTLES_MS = 1000;
/** Photos of one asker that are read at once. */
export const PHOTOS_PER_ASKER = 3;
/** Albums, and requests that could not be written down. */
const REMEMBERED = 1000;

/** Accepts what people ask: within limits into the inbox, else as a refusal that is answered like anything else. */
export class Reception {
  readonly #dependencies: ReceptionDependencies;
  /** What the limits said of each album's first picture: it goes for the others, which may come at the same time. */
  readonly #albums = new Map<string, Promise<RefuseCall | null>>();
  /** Requests that passed the limits and could not be written down, by key. */
  readonly #undelivered = new Map<string, Request>();

  constructor(dependencies: ReceptionDependencies) {
    this.#dependencies = dependencies;
  }

  /** Resolves once it is decided; accepted: committed, now or before. Throws StorageError. */
  async receive(incoming: Incoming): Promise<Received> {
    const { inbox, telemetry } = this.#dependencies;
    const { key } = incoming;
    if (await inbox.knows(key)) return 'accepted';
    const decided = this.#undelivered.get(key);
    const request = decided ?? (await this.#withinLimits(incoming));
    if (!request) return 'passed over';
    const lane: Lane = request.call.command === 'vibe' ? 'photo' : 'quick';
    const groupKey = lane === 'photo' ? incoming.groupKey : null;
    const options = { lane, key, groupKey, notBefore: this.#notBefore(groupKey) };
    const accepted = await inbox.accept(request, options).catch((error: unknown) => {
      // it comes again, and has had its share of the limits
      remember(this.#undelivered, key, request);
      throw error;
    });
    this.#undelivered.delete(key);
    if (!accepted.fresh) return 'accepted';
    telemetry.count({ name: 'requests', platform: request.platform, command: request.call.command });
    this.#begin(request, accepted);
    return 'accepted';
  }

  #notBefore(groupKey: string | null): number {
    return this.#dependencies.calendar() + (groupKey ? ALBUM_SETTLES_MS : 0);
  }

  #begin(request: Request, accepted: Accepted): void {
    const { worker, platforms, worthTelling, log } = this.#dependencies;
    worker.wake();
    const { call } = request;
    if (call.command !== 'vibe' || !call.asked || accepted.joined) return;
    if (accepted.ofAsker >= PHOTOS_PER_ASKER || accepted.ahead >= worthTelling) {
      worker
        .tellWaiting(accepted, request)
        .catch((error: unknown) => log.error('waiting was not told', { error }));
    } else {
      const sign = platforms[request.platform]?.outlet.working(request, AbortSignal.timeout(5000));
      sign?.catch((error: unknown) => log.error('the sign of work could not be shown', { error }));
    }
  }

  /** The request, a refusal in its place, or null for one more of those who have just been refused. */
  async #withinLimits(incoming: Incoming): Promise<Request | null> {
    const { request } = incoming;
    const refusal = await this.#refusal(incoming);
    if (!refusal) return request;
    const { allowances, telemetry } = this.#dependencies;
    telemetry.count({ name: 'refusals', reason: refusal.code });
    const { call, chat } = request;
    if (refusal.code === 'busy' && call.command !== 'vibe') return null;
    if (call.command === 'search' || (call.command === 'help' && !call.asked)) return null;
    const inPassing = call.command === 'press';
    const reachesAll = chat.shared && !inPassing && !incoming.uncounted;
    const whom = reachesAll ? chatKey(request) : askerKey(request);
    const told = (await allowances.refusals.take(whom)) === 0;
    return told ? { ...request, call: inPassing ? { ...refusal, inPassing } : refusal } : null;
  }

  async #refusal(incoming: Incoming): Promise<RefuseCall | null> {
    const { request, groupKey } = incoming;
    const { allowances, inbox } = this.#dependencies;
    const { call, chat } = request;
    if (call.command === 'help' && !call.asked && chat.shared) {
      return slowDown(await allowances.hints.take(chatKey(request)));
    }
    if (call.command === 'shared') return null; // there is nothing to answer
    if (call.command !== 'vibe') {
      if ((await inbox.depth()).quick.waiting >= MAX_QUICK_WAITING) return refuse('busy', {});
      const posts = call.command !== 'press' && call.command !== 'search';
      const wait = await allowances.quick.take(askerKey(request));
      return slowDown(wait || (posts ? await this.#chatWait(incoming) : 0));
    }
    if (!call.asked) return null;
    return groupKey === null ? this.#photoRefusal(incoming) : this.#albumRefusal(incoming, groupKey);
  }

  async #photoRefusal(incoming: Incoming): Promise<RefuseCall | null> {
    const { allowances, inbox } = this.#dependencies;
    const wait = await allowances.photos.take(askerKey(incoming.request));
    const slow = slowDown(wait || (await this.#chatWait(incoming)));
    if (slow) return slow;
    return (await inbox.depth()).photo.waiting >= MAX_WAITING ? refuse('busy', {}) : null;
  }

  async #chatWait({ request, uncounted }: Incoming): Promise<number> {
    if (!request.chat.shared || uncounted) return 0;
    return this.#dependencies.allowances.chat[request.platform].take(chatKey(request));
  }

  async #albumRefusal(incoming: Incoming, groupKey: string): Promise<RefuseCall | null> {
    const refusal = this.#albums.get(groupKey) ?? this.#photoRefusal(incoming);
    remember(this.#albums, groupKey, refusal);
    try {
      return await refusal;
    } catch (error) {
      this.#albums.delete(groupKey); // not known: it is asked again
      throw error;
    }
  }
}

/** Puts it into the map, which never grows beyond what is worth remembering. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest) map.delete(oldest);
}

function slowDown(waitMs: number): RefuseCall | null {
  return waitMs > 0 ? refuse('slow-down', { seconds: Math.ceil(waitMs / 1000) }) : null;
}
