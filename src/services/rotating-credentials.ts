import type { Log, Sleep } from '../core/chat-ports.ts';
import type { Clock } from '../core/ports.ts';
import { type ChangingCredentials, CREDENTIAL_NAMES, type CredentialName } from './credentials.ts';
import { type SecretContent, SecretError, type SecretSource } from './secret-source.ts';

export interface RotatingCredentialsOptions {
  /** What the program starts with. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Where each was found; one that is not from the secret never changes. */
  readonly origins: ReadonlyMap<string, string>;
  /** The settings that the secret held when the program started. */
  readonly atStart: ReadonlyMap<string, string>;
  /** Of settings alone; null: there is no secret. */
  readonly source: SecretSource | null;
  /** Whether the text can be the setting's value. */
  isUsable(name: CredentialName, value: string): boolean;
  readonly log: Log;
  readonly clock: Clock;
  readonly sleep: Sleep;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PLATFORM_TOKENS: readonly CredentialName[] = ['DISCORD_TOKEN', 'TELEGRAM_TOKEN'];

/** Reads the secret again every hour, and when a service has refused one of its values. Names, never values, are logged. */
export class RotatingCredentials implements ChangingCredentials {
  readonly #options: RotatingCredentialsOptions;
  readonly #values = new Map<CredentialName, string>();
  readonly #origins: Map<string, string>;
  readonly #listeners = new Map<CredentialName, Set<() => void>>();
  readonly #reported = new Set<CredentialName>();
  readonly #closed = new AbortController();
  #ofSecret: ReadonlyMap<string, string>;
  #reading: Promise<void> | null = null;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(options: RotatingCredentialsOptions) {
    this.#options = options;
    this.#origins = new Map(options.origins);
    this.#ofSecret = options.atStart;
    for (const name of CREDENTIAL_NAMES) {
      const value = options.values[name]?.trim();
      if (value) this.#values.set(name, value);
    }
  }

  get(name: CredentialName): string | null {
    return this.#values.get(name) ?? null;
  }

  mayChange(name: CredentialName): boolean {
    return this.#options.source !== null && this.#origins.get(name) === 'secret';
  }

  onChange(name: CredentialName, listener: () => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  async refresh(name: CredentialName, refused: string): Promise<boolean> {
    const isNewer = () => ![null, refused].includes(this.get(name));
    if (isNewer()) return true;
    if (this.mayChange(name)) await this.#readAgain();
    else this.#reportRefused(name);
    return isNewer();
  }

  /** From now on the secret is read every hour, until `close`. */
  start(): void {
    if (this.#options.source) this.#readHourly().catch(() => {}); // nothing but the close ends it
  }

  close(): void {
    this.#closed.abort(new Error('The program stops.'));
  }

  async #readHourly(): Promise<void> {
    for (;;) {
      await this.#options.sleep(HOUR_MS, this.#closed.signal);
      await this.#readAgain();
    }
  }

  /** At most once a minute, and for all who ask meanwhile. Never rejects. */
  #readAgain(): Promise<void> {
    const now = this.#options.clock();
    if (!this.#reading && now - this.#readAt >= MINUTE_MS) {
      this.#readAt = now;
      this.#reading = this.#read().finally(() => {
        this.#reading = null;
      });
    }
    return this.#reading ?? Promise.resolve();
  }

  async #read(): Promise<void> {
    const { source, log } = this.#options;
    try {
      const content = await source?.read();
      if (content) this.#take(content);
    } catch (error) {
      const reason = error instanceof SecretError ? error.message : 'unknown';
      log.warn('the secret cannot be read again; the values it had stay in use', { reason });
    }
  }

  #take({ values }: SecretContent): void {
    const before = this.#ofSecret;
    this.#ofSecret = values;
    const isNew = (name: string) => values.get(name)?.trim() !== before.get(name)?.trim();
    const changed = [...new Set([...before.keys(), ...values.keys()])].filter(isNew);
    for (const name of CREDENTIAL_NAMES) if (changed.includes(name)) this.#change(name, values.get(name));
    const isFromElsewhere = (name: string) => (this.#origins.get(name) ?? 'secret') !== 'secret';
    const settings = changed.filter((name) => !isCredential(name) && !isFromElsewhere(name));
    const told = 'these settings have changed in the secret; that has effect from the next start on';
    if (settings.length > 0) this.#options.log.info(told, { settings });
  }

  #change(setting: CredentialName, given = ''): void {
    const { isUsable, log } = this.#options;
    const value = given.trim();
    const last = this.#values.get(setting);
    const origin = this.#origins.get(setting) ?? 'secret';
    if (origin !== 'secret') {
      log.info('the secret has changed, but this setting is taken from elsewhere', { setting, origin });
    } else if (!value) {
      log.warn('a setting is no longer in the secret; its last value stays in use', { setting });
    } else if (!isUsable(setting, value)) {
      log.error('a setting’s new value in the secret cannot be used; the last one stays in use', { setting });
    } else if (value !== last) {
      this.#values.set(setting, value);
      this.#origins.set(setting, origin);
      if (!last && PLATFORM_TOKENS.includes(setting)) {
        log.warn('a token is new in the secret; its platform is off until the next start', { setting });
      } else {
        log.info('a setting has another value now', { setting });
      }
      for (const listener of this.#listeners.get(setting) ?? []) listener();
    }
  }

  #reportRefused(setting: CredentialName): void {
    if (this.#reported.has(setting)) return;
    this.#reported.add(setting);
    const origin = this.#origins.get(setting) ?? null;
    this.#options.log.warn('a setting’s value was refused, and does not change while the program runs', {
      setting,
      origin,
    });
  }
}

function isCredential(name: string): name is CredentialName {
  return CREDENTIAL_NAMES.some((one) => one === name);
}
