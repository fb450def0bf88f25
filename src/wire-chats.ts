import type { App } from './app.ts';
import type { Config } from './config.ts';
import { encodeAction } from './core/action.ts';
import type { Calendar, Log, Sleep } from './core/chat-ports.ts';
import type { JobRunnerDependencies } from './core/job-runner.ts';
import type { Clock } from './core/ports.ts';
import { PHOTOS_PER_ASKER, Reception } from './core/reception.ts';
import { createWorker, type Worker } from './core/worker.ts';
import { createPersonOf } from './create-person-of.ts';
import { isAdminOf } from './is-admin-of.ts';
import { openPlatforms, type Platforms } from './open-platforms.ts';
import type { State } from './open-state.ts';
import type { ChangingCredentials } from './services/credentials.ts';
import { createAllowance } from './services/memory-allowance.ts';
import { createMac } from './services/signing-keys.ts';

export interface WireChatsOptions extends State, Pick<JobRunnerDependencies, 'archive' | 'records'> {
  readonly app: App;
  readonly credentials: ChangingCredentials;
  readonly log: Log;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly sleep: Sleep;
}

export interface Chats {
  readonly platforms: Platforms;
  readonly reception: Reception;
  readonly worker: Worker;
}

const MINUTE_MS = 60_000;
const RESULT_ID_LENGTH = 16;
/** Of one thread, about. */
const PHOTOS_A_SECOND = 15;

/** The way from what people ask to its answer. Nothing is started yet. */
export function wireChats(
  config: Config,
  { secret, inbox, store, telemetry, app, credentials, ...rest }: WireChatsOptions,
): Chats {
  const { log, clock, calendar, sleep, ...kept } = rest;
  const timing = { clock, calendar, sleep };
  const mac = createMac(secret, 'buttons');
  const resultMac = createMac(secret, 'result ids');
  const common = { defaultLanguage: config.defaultLanguage, telemetry, log, ...timing };
  const platforms = openPlatforms(
    config,
    { ...common, encode: (action) => encodeAction(action, mac) },
    credentials,
  );
  const lanes = {
    // downloading takes no thread
    photo: { slots: app.threads + 4, perAsker: PHOTOS_PER_ASKER },
    quick: { slots: 16, perAsker: 4 },
  };
  const resultId = (key: string) => resultMac(key, RESULT_ID_LENGTH);
  const people = {
    personOf: createPersonOf(createMac(secret, 'pseudonyms')),
    isAdmin: isAdminOf(config.admin),
  };
  const storedIn = config.storeTable === null ? 'here' : 'aws';
  const facts = { ...people, mac, resultId, storedIn } as const;
  const worker = createWorker({ lanes }, { ...app, ...common, ...kept, ...facts, inbox, store, platforms });
  const allowances = {
    photos: createAllowance({ points: 20, perMs: MINUTE_MS }),
    chat: {
      // it takes no more messages a minute in a group: https://core.telegram.org/bots/faq
      telegram: createAllowance({ points: 20, perMs: MINUTE_MS }),
      // five in five seconds in a channel; answers to commands are outside that
      discord: createAllowance({ points: 60, perMs: MINUTE_MS }),
    },
    quick: createAllowance({ points: 60, perMs: MINUTE_MS }),
    hints: createAllowance({ points: 1, perMs: 10 * MINUTE_MS }),
    refusals: createAllowance({ points: 1, perMs: MINUTE_MS / 6 }),
  };
  const worthTelling = app.threads * PHOTOS_A_SECOND;
  const parts = { inbox, worker, platforms, allowances, worthTelling };
  const reception = new Reception({ ...parts, calendar, telemetry, log });
  return { platforms, reception, worker };
}
