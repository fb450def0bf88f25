import type { Accepted, AcceptOptions, Inbox, Job } from '../../src/core/chat-ports.ts';
import { JobRunner, type JobRunnerDependencies } from '../../src/core/job-runner.ts';
import type { Request } from '../../src/core/request.ts';
import type { Store } from '../../src/core/store.ts';
import { createMac } from '../../src/services/signing-keys.ts';
import { type FakeOutlet, makeOutlet } from './fake-outlet.ts';
import { type FakeTime, makeFakeTime } from './fake-time.ts';
import { noKeeping } from './no-keeping.ts';
import { openState } from './open-state.ts';
import { explainer, imageSource, makeReader, noTracks, playlistSource } from './reading-ports.ts';
import { type Line, type Recorded, recordLog, recordTelemetry } from './record-telemetry.ts';

export const mac = createMac(new Uint8Array(32), 'buttons');
const predicted = {
  genres: { classical: 426, electronic: 245, jazz: 390, pop: 398, rock: 367 },
  meanConfidence: 0.7,
};
export const MODEL = { version: 'm1', backbone: 'resnet', accuracy: 0.62, predicted };

export interface JobBench extends Recorded {
  readonly time: FakeTime;
  readonly inbox: Inbox;
  readonly store: Store;
  readonly fake: FakeOutlet;
  readonly lines: readonly Line[];
  readonly dependencies: JobRunnerDependencies;
  /** As the reception does. */
  accept(request: Request, options?: Partial<AcceptOptions>): Promise<Accepted>;
  /** The next photo or other job. */
  take(): Promise<Job | null>;
  /** The texts that the last card on the way to the chat holds; null before there is one. */
  lastTexts(): readonly string[] | null;
}

/** Everything that answers requests, with the real inbox and store, and everything else made up. */
export function makeJobBench(given: Partial<JobRunnerDependencies> = {}): JobBench {
  const time = makeFakeTime();
  const { clock, calendar, sleep } = time;
  const { inbox, store } = openState(calendar);
  const fake = makeOutlet(clock);
  const recorded = recordTelemetry();
  const { log, lines } = recordLog();
  const dependencies: JobRunnerDependencies = {
    inbox,
    store,
    platforms: { telegram: { imageSource, outlet: fake.outlet, showsPhoto: false } },
    resultId: (key) => `result-of-${key}`,
    photoReader: makeReader(),
    explainer,
    playlistSource,
    trackSource: noTracks,
    mac,
    model: MODEL,
    telemetry: recorded.telemetry,
    log,
    defaultLanguage: 'en',
    clock,
    calendar,
    sleep,
    ...noKeeping,
    ...given,
  };
  let keys = 0;
  return {
    ...recorded,
    time,
    inbox,
    store,
    fake,
    lines,
    dependencies,
    accept(request, options) {
      keys += 1;
      const lane = request.call.command === 'vibe' ? 'photo' : 'quick';
      return inbox.accept(request, {
        lane,
        key: `k${keys}`,
        groupKey: null,
        notBefore: calendar(),
        ...options,
      });
    },
    take: async () => (await inbox.take('photo', 99)) ?? inbox.take('quick', 99),
    lastTexts() {
      const card = fake.calls.findLast((call) => call.card)?.card;
      return card ? card.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : [])) : null;
    },
  };
}

/** A runner of its own, as after a start; `stop` is the program's. */
export function runnerOf(
  bench: JobBench,
  given: Partial<JobRunnerDependencies> = {},
  wake: () => void = () => {},
) {
  const stop = new AbortController();
  return { runner: new JobRunner({ ...bench.dependencies, ...given }, stop.signal, wake), stop };
}

/** A bench and one runner. */
export function startJobs(given: Partial<JobRunnerDependencies> = {}) {
  const bench = makeJobBench(given);
  const { runner } = runnerOf(bench);
  /** Takes the next job and runs it to its end. */
  const runNext = async () => {
    const job = await bench.take();
    if (!job) throw new Error('nothing waits');
    const ends = runner.run(job, () => {});
    await bench.time.advance(10_000);
    await ends;
    return job;
  };
  const depth = async () => Object.values(await bench.inbox.depth());
  const isEmpty = async () => (await depth()).every(({ waiting, running }) => waiting === 0 && running === 0);
  return { ...bench, runner, runNext, isEmpty };
}
