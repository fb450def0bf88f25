import { expect } from 'vitest';
import type { Inbox, Platform } from '../../src/core/chat-ports.ts';
import type { Explainer, PhotoReader, TrackSource } from '../../src/core/ports.ts';
import { type Incoming, type Receive, Reception } from '../../src/core/reception.ts';
import type { PlatformName } from '../../src/core/request.ts';
import type { Store } from '../../src/core/store.ts';
import { UserError } from '../../src/core/user-error.ts';
import { createWorker } from '../../src/core/worker.ts';
import { createAllowance } from '../../src/services/memory-allowance.ts';
import { createMac } from '../../src/services/signing-keys.ts';
import { sleep } from '../../src/services/sleep.ts';
import { MODEL } from './job-bench.ts';
import { makeLook } from './make-look.ts';
import { noKeeping } from './no-keeping.ts';
import { flat } from './pictures.ts';
import { JAZZ, makeReader, noTracks, playlistSource } from './reading-ports.ts';
import { recordLog, recordTelemetry } from './record-telemetry.ts';

/** An adapter that is not started yet. */
export interface ChatAdapter extends Platform {
  start(receive: Receive): Promise<void>;
  stop(): Promise<void>;
}

export interface CoreOptions {
  readonly name: PlatformName;
  readonly adapter: ChatAdapter;
  readonly inbox: Inbox;
  readonly store: Store;
  readonly explainer: Explainer;
  /** None unless told. */
  readonly trackSource?: TrackSource;
}

export const NO_PICTURE = Buffer.from('no picture');
export const mac = createMac(new TextEncoder().encode('a secret of the tests'), 'buttons');

const resultMac = createMac(new TextEncoder().encode('a secret of the tests'), 'result ids');
const heatmap = { jpeg: await flat(64, 48, 'purple').jpeg().toBuffer(), width: 64, height: 48 };
const seen = await flat(64, 48, 'teal').jpeg().toBuffer();

/** Finds jazz in every picture but NO_PICTURE. */
const photoReader: PhotoReader = {
  ...makeReader(),
  async look(bytes, { why, withPhoto }) {
    if (Buffer.from(bytes).equals(NO_PICTURE)) throw new UserError('not-an-image', {});
    return { ...makeLook(JAZZ, why), heatmap, photo: withPhoto ? seen : null };
  },
  draw: async () => ({ evidence: makeLook(JAZZ).evidence, heatmap, photo: null, previews: null }),
};

/** The program behind an adapter, but for its network and its threads: started, and stopped in the same order. */
export async function startCore(options: CoreOptions) {
  const { name, adapter, inbox, store, explainer, trackSource = noTracks } = options;
  const { telemetry, counted } = recordTelemetry();
  const { log, lines } = recordLog();
  const platforms = { [name]: adapter };
  const timing = { clock: () => performance.now(), calendar: () => Date.now(), sleep };
  const worker = createWorker(
    { lanes: { photo: { slots: 4, perAsker: 3 }, quick: { slots: 4, perAsker: 4 } } },
    {
      ...timing,
      platforms,
      inbox,
      store,
      explainer,
      trackSource,
      photoReader,
      mac,
      telemetry,
      log,
      playlistSource,
      model: { ...MODEL, version: 'test', backbone: 'none', accuracy: 0.5 },
      resultId: (key) => resultMac(key, 16),
      defaultLanguage: 'en',
      ...noKeeping,
    },
  );
  const plenty = createAllowance({ points: 1000, perMs: 60_000 });
  const allowances = {
    photos: plenty,
    chat: { telegram: plenty, discord: plenty },
    quick: plenty,
    hints: plenty,
    refusals: plenty,
  };
  const { calendar } = timing;
  const limits = { allowances, worthTelling: 100 };
  const reception = new Reception({ inbox, worker, platforms, ...limits, calendar, telemetry, log });
  const received: Incoming[] = [];
  worker.wake();
  await adapter.start(async (incoming) => {
    const outcome = await reception.receive(incoming);
    received.push(incoming);
    return outcome;
  });
  return {
    received,
    counted,
    inbox,
    async stop(limitMs = 10_000) {
      await adapter.stop();
      await worker.drain(limitMs);
      expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    },
  };
}

export type Core = Awaited<ReturnType<typeof startCore>>;
