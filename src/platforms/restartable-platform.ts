import type { Card } from '../core/card.ts';
import type { Log, Outlet, Platform, Sleep } from '../core/chat-ports.ts';
import type { Receive } from '../core/reception.ts';
import type { ChangingCredentials, CredentialName } from '../services/credentials.ts';
import type { ChatPlatform, PlatformHealth } from './chat-platform.ts';
import { PlatformCalls } from './platform-calls.ts';
import { createSwitchedOutlet } from './switched-outlet.ts';
import { TokenRefusedError } from './token-refused-error.ts';

export interface RestartablePlatformOptions<Inner extends ChatPlatform> {
  /** As people call it, for the log. */
  readonly name: string;
  /** The setting that holds its token. */
  readonly setting: CredentialName;
  /** What there is at the start; from then on what `credentials` gets. */
  readonly token: string;
  readonly credentials: ChangingCredentials;
  /** Makes the platform, not started yet; must not throw. */
  readonly open: (token: string) => Inner;
  readonly log: Log;
  readonly sleep: Sleep;
  /** How long calls with the last token may still take, in milliseconds; 3 s unless told. */
  readonly drainMs?: number;
}

/** Nothing is received meanwhile; calls that take longer end well with the last token's platform all the same. */
const DRAIN_MS = 3000;
/** A new token is often seen only some minutes after the old one has gone. */
const LOOK_AGAIN_MS = 60_000;

/**
 * A platform that stops and starts again within the program when its token is replaced: what came in is written down first,
 * calls on their way are waited for, and later ones go out with the new token.
 */
export class RestartablePlatform<Inner extends ChatPlatform> implements ChatPlatform {
  readonly imageSource: Platform['imageSource'];
  readonly outlet: Outlet;
  readonly #options: RestartablePlatformOptions<Inner>;
  readonly #calls: PlatformCalls<Inner>;
  readonly #stop = new AbortController();
  readonly #started = Promise.withResolvers<void>();
  #change = new AbortController();
  #running: Promise<void> = Promise.resolve();
  /** Its token was refused, and there is no other yet. */
  #isRefused = false;
  #wasOn = false;

  constructor(options: RestartablePlatformOptions<Inner>) {
    const { token, open, credentials, setting } = options;
    this.#options = options;
    const renew = (refused: string) => credentials.refresh(setting, refused);
    this.#calls = new PlatformCalls({ inner: open(token), token }, renew);
    this.imageSource = {
      fetch: (reference, signal) =>
        this.#calls.make((inner) => inner.imageSource.fetch(reference, signal), signal),
    };
    this.outlet = createSwitchedOutlet((act, signal) => this.#calls.make(act, signal));
  }

  get showsPhoto(): boolean {
    return this.current.showsPhoto;
  }

  /** The platform as it is now. */
  get current(): Inner {
    return this.#calls.current.inner;
  }

  /** As the platform's own. A refused token is read again first: throws TokenRefusedError when there is no other. */
  async start(receive: Receive): Promise<void> {
    const { credentials, setting } = this.#options;
    const forget = credentials.onChange(setting, () => this.#turnOver());
    this.#turnOver(); // it may have changed since this was made
    this.#running = this.#keepRunning(receive).finally(forget);
    this.#running.catch(() => {}); // whoever asks gets it all the same
    await Promise.race([this.#started.promise, this.#running]);
    this.#stop.signal.throwIfAborted();
  }

  /** Resolves when it was stopped; rejects when it cannot go on. */
  get ended(): Promise<void> {
    return this.#running;
  }

  health(): PlatformHealth {
    if (this.#isRefused) return { ok: false, detail: 'the token was refused' };
    if (this.#calls.areHeld) return { ok: false, detail: 'starts again with another token' };
    return this.current.health();
  }

  tell(recipient: string, card: Card, signal: AbortSignal): Promise<void> {
    return this.#calls.make((inner) => inner.tell(recipient, card, signal), signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort(new Error('The program stops.'));
    await this.current.stop();
    await this.#running.catch(() => {}); // `ended` tells
  }

  /** Ends what runs with a token that is not the newest; #keepRunning starts the next. */
  #turnOver(): void {
    if (!this.#isOutdated() || this.#stop.signal.aborted) return;
    this.#calls.hold();
    this.#change.abort();
  }

  #isOutdated(): boolean {
    const { credentials, setting } = this.#options;
    return ![null, this.#calls.current.token].includes(credentials.get(setting));
  }

  async #keepRunning(receive: Receive): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const failure = await this.#runOnce(receive);
      if (failure && !signal.aborted && !this.#isOutdated()) await this.#meet(failure);
      if (!signal.aborted) await this.#replace();
    }
  }

  /** Until the token changes or the program stops: null; else the error that it could not go on with. */
  async #runOnce(receive: Receive): Promise<unknown> {
    const inner = this.current;
    const asked = AbortSignal.any([this.#stop.signal, this.#change.signal]);
    if (asked.aborted) return null;
    const turn = async () => {
      await inner.start(receive);
      this.#wasOn = true;
      this.#isRefused = false;
      this.#started.resolve();
      await inner.ended;
      await aborted(asked); // a platform whose updates come by a webhook ends nothing by itself
    };
    try {
      await Promise.race([turn(), aborted(asked)]);
      return null;
    } catch (error) {
      return error;
    }
  }

  /** Resolves when it is worth another try; throws what no other token mends. */
  async #meet(failure: unknown): Promise<void> {
    const { credentials, setting, name, log, sleep } = this.#options;
    if (!(failure instanceof TokenRefusedError)) throw failure;
    if (await credentials.refresh(setting, this.#calls.current.token)) return;
    if (!this.#wasOn || !credentials.mayChange(setting)) throw failure;
    this.#isRefused = true;
    log.error(`${name} refuses the token; it is looked for again every minute`, { setting });
    const awake = AbortSignal.any([this.#stop.signal, this.#change.signal]);
    await sleep(LOOK_AGAIN_MS, awake).then(
      () => credentials.refresh(setting, this.#calls.current.token),
      () => {},
    );
  }

  async #replace(): Promise<void> {
    const { credentials, setting, open, name, log, sleep, drainMs = DRAIN_MS } = this.#options;
    this.#calls.hold();
    await this.current.stop();
    const waiting = new AbortController();
    const limit = sleep(drainMs, AbortSignal.any([waiting.signal, this.#stop.signal])).catch(() => {});
    await Promise.race([this.#calls.settled(), limit]);
    waiting.abort();
    const { token: last } = this.#calls.current;
    const token = credentials.get(setting) ?? last;
    this.#change = new AbortController();
    this.#calls.go({ inner: open(token), token });
    if (token !== last) log.info(`${name} starts again with another token`, { setting });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve());
  if (signal.aborted) resolve();
  return promise;
}
