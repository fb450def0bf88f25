import type { Log, Sleep } from './core/chat-ports.ts';
import type { Clock } from './core/ports.ts';
import { sortSecret } from './merge-settings.ts';
import type { Settings } from './read-config.ts';
import { RotatingCredentials } from './services/rotating-credentials.ts';
import type { SecretSource } from './services/secret-source.ts';
import { isSecret, isUsable } from './settings-schema.ts';

export interface CredentialTools {
  /** Hears of what is read from the secret before anybody else: the log must not show it. */
  learn(secrets: readonly string[]): void;
  readonly log: Log;
  readonly clock: Clock;
  readonly sleep: Sleep;
}

/** The secrets that services are called with: those of the start, and what becomes of them. */
export function openCredentials({ values, origins, secret }: Settings, tools: CredentialTools) {
  const { learn, ...rest } = tools;
  learn(hiddenOf({ values, origins, secret }));
  return new RotatingCredentials({
    ...rest,
    values,
    origins,
    atStart: secret?.settings ?? new Map(),
    source: secret && settingsOf(secret.source, learn),
    isUsable,
  });
}

function hiddenOf({ values, origins, secret }: Omit<Settings, 'config'>): readonly string[] {
  const own = [...origins.keys()].filter(isSecret).map((name) => values[name]?.trim() ?? '');
  return [...own, ...(secret?.hidden ?? [])];
}

function settingsOf(source: SecretSource, learn: CredentialTools['learn']): SecretSource {
  return {
    async read() {
      const { values, withoutText } = await source.read();
      const { settings, hidden } = sortSecret(values);
      learn(hidden);
      return { values: settings, withoutText };
    },
  };
}
