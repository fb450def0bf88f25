import { setImmediate as turn } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';
import type { Inbox, Job } from '../../src/core/chat-ports.ts';
import { LaneRunner, type LaneRunnerOptions } from '../../src/core/lane-runner.ts';
import { makeRequest, vibeOf } from './make-request.ts';
import { openState } from './open-state.ts';
import { recordLog } from './record-telemetry.ts';

export const START = 1_900_000_000_000;

/** Lets what is under way happen, and then so many milliseconds pass. */
export async function pass(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let i = 0; i < 5; i++) await turn();
}

/** A runner over the real inbox, in a time that stands still; its jobs run until they are finished by hand. */
export function startLane(
  given: Partial<LaneRunnerOptions> = {},
  wrap: (inbox: Inbox) => Inbox = (inbox) => inbox,
) {
  vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const calendar = () => Date.now();
  const { inbox } = openState(calendar);
  const { log, lines } = recordLog();
  const running = new Map<string, () => Promise<void>>();
  const begun: string[] = [];
  const freed = new Map<string, () => void>();
  const run = async (job: Job, freePlace: () => void) => {
    begun.push(job.key);
    freed.set(job.key, freePlace);
    const { promise, resolve } = Promise.withResolvers<void>();
    running.set(job.key, async () => {
      await inbox.done(job.id);
      running.delete(job.key);
      resolve();
      await pass();
    });
    await promise;
  };
  const options: LaneRunnerOptions = {
    lane: 'photo',
    slots: 2,
    perAsker: 2,
    inbox: wrap(inbox),
    calendar,
    log,
    run,
    ...given,
  };
  const runner = new LaneRunner(options);
  const accept = (key: string, asker = key, notBefore = Date.now(), lane: Job['lane'] = 'photo') =>
    inbox.accept(makeRequest(vibeOf(key), { asker: { id: asker, locale: null } }), {
      key,
      lane,
      groupKey: null,
      notBefore,
    });
  const finish = async (key: string) => running.get(key)?.();
  /** What is left of the job waits for others. */
  const free = async (key: string) => {
    freed.get(key)?.();
    await pass();
  };
  return { free, runner, inbox, accept, begun, running, finish, lines };
}
