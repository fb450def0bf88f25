import type { Accepted, Job, Lane } from './chat-ports.ts';
import { JobRunner, type JobRunnerDependencies } from './job-runner.ts';
import { LaneRunner } from './lane-runner.ts';
import type { Request } from './request.ts';

export interface WorkerOptions {
  /** Jobs at once, in all and of one asker. */
  readonly lanes: Readonly<Record<Lane, { readonly slots: number; readonly perAsker: number }>>;
}

/** Takes jobs from the inbox and answers them. */
export interface Worker {
  /** To call after something was accepted; the first call takes up what an earlier run left. */
  wake(): void;
  tellWaiting(accepted: Accepted, request: Request): Promise<void>;
  /** Takes nothing more. Resolves once all is answered, or put back because `limitMs` was over. */
  drain(limitMs: number): Promise<void>;
}

export function createWorker({ lanes }: WorkerOptions, dependencies: JobRunnerDependencies): Worker {
  const stop = new AbortController();
  const wake = () => {
    for (const lane of runners) lane.wake();
  };
  const runner = new JobRunner(dependencies, stop.signal, wake);
  const { inbox, calendar, log, sleep } = dependencies;
  const run = (job: Job, freePlace: () => void) => runner.run(job, freePlace);
  const runners = (['photo', 'quick'] as const).map(
    (lane) => new LaneRunner({ lane, ...lanes[lane], inbox, calendar, log, run }),
  );
  return {
    wake,
    tellWaiting: (accepted, request) => runner.tellWaiting(accepted, request),
    async drain(limitMs) {
      const through = new AbortController();
      sleep(limitMs, through.signal).then(
        () => stop.abort(new Error('The program stops.')),
        () => {},
      );
      await Promise.all(runners.map((lane) => lane.stop()));
      await runner.settle();
      through.abort();
      stop.abort(new Error('The program stops.'));
    },
  };
}
