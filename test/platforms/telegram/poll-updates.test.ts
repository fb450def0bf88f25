import { describe, expect, it } from 'vitest';
import { OtherPollerError } from '../../../src/platforms/telegram/other-poller-error.ts';
import { type PollUpdatesOptions, pollUpdates } from '../../../src/platforms/telegram/poll-updates.ts';
import { TokenRefusedError } from '../../../src/platforms/token-refused-error.ts';
import { recordLog } from '../../support/record-telemetry.ts';

const CONFLICT = Object.assign(new Error('getUpdates: 409 Conflict'), { code: 409 });

type Answer = readonly number[] | Error;

/**
 * Polls until the answers are used up, then stops. Time passes in pauses only, and in each poll that has no updates.
 * `accept` may refuse.
 */
async function poll(
  answers: readonly Answer[],
  given: Partial<PollUpdatesOptions> = {},
  stop = new AbortController(),
) {
  const left = [...answers];
  const polls: [offset: number, timeout: number, limit: number][] = [];
  const accepted: number[] = [];
  const pauses: number[] = [];
  const health = { lastAnswer: 0, isBlocked: false };
  const { log, lines } = recordLog();
  let now = 0;
  const options: PollUpdatesOptions = {
    async getUpdates(offset, timeout, limit) {
      polls.push([offset, timeout, limit]);
      const answer = left.shift();
      if (answer === undefined) {
        stop.abort(new Error('The program stops.'));
        return [];
      }
      if (answer instanceof Error) throw answer;
      return answer.map((update_id) => ({ update_id }));
    },
    accept: async ({ update_id }) => void accepted.push(update_id),
    health,
    clock: () => now,
    async sleep(ms, signal) {
      signal.throwIfAborted();
      pauses.push(ms);
      now += ms;
    },
    log,
    ...given,
  };
  const outcome = await pollUpdates(options, stop.signal).then(
    () => 'ended',
    (error: unknown) => error,
  );
  const offsets = polls.map(([offset]) => offset);
  return { outcome, polls, offsets, accepted, pauses, health, lines, now: () => now };
}

describe('the offset', () => {
  it('goes past what was accepted, and is confirmed at the end without waiting', async () => {
    const { outcome, polls, accepted } = await poll([[5, 6], [], [7]]);
    expect(outcome).toBe('ended');
    expect(accepted).toEqual([5, 6, 7]);
    expect(polls).toEqual([
      [0, 50, 100],
      [7, 50, 100],
      [7, 50, 100],
      [8, 50, 100],
      [8, 0, 1],
    ]);
  });

  it('is not confirmed where nothing came', async () => {
    expect((await poll([[]])).polls).toHaveLength(2);
  });

  it('does not go back for updates that come out of order or again', async () => {
    const { offsets, accepted } = await poll([[9, 7, 8], [3], [8, 10]]);
    expect(accepted).toEqual([7, 8, 9, 3, 8, 10]);
    expect(offsets).toEqual([0, 10, 10, 11, 11]);
  });

  it('does not go past what was being accepted when the program stopped, nor past what comes after it', async () => {
    const stop = new AbortController();
    const accepted: number[] = [];
    const accept: PollUpdatesOptions['accept'] = async ({ update_id }) => {
      if (update_id === 6) stop.abort(new Error('The program stops.'));
      accepted.push(update_id);
    };
    const { polls } = await poll([[5, 6, 7, 8]], { accept }, stop);
    expect(accepted).toEqual([5, 6]);
    expect(polls).toEqual([
      [0, 50, 100],
      [7, 0, 1],
    ]);
  });

  it('ends well when it cannot be confirmed', async () => {
    const stop = new AbortController();
    const accept = async () => stop.abort();
    const { outcome, offsets, lines } = await poll([[5], new Error('unreachable')], { accept }, stop);
    expect([outcome, offsets]).toEqual(['ended', [0, 6]]);
    expect(lines).toMatchObject([{ level: 'warn', message: 'the last updates are not confirmed' }]);
  });
});

describe('an update that the disk refuses', () => {
  it('is tried until it is taken, before all that come after it; health tells', async () => {
    const accepted: number[] = [];
    const blocked: boolean[] = [];
    const health = { lastAnswer: 0, isBlocked: false };
    let refusals = 3;
    const { offsets, pauses, lines } = await poll([[5, 6, 7]], {
      health,
      async accept({ update_id }) {
        blocked.push(health.isBlocked);
        if (update_id === 6 && refusals-- > 0) throw new Error('disk full');
        accepted.push(update_id);
      },
    });
    expect(accepted).toEqual([5, 6, 7]);
    expect(blocked).toEqual([false, false, true, true, true, false]);
    expect(health.isBlocked).toBe(false);
    expect(pauses).toEqual([2000, 2000, 2000]);
    expect(offsets).toEqual([0, 8, 8]);
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(3);
  });

  it('is left to Telegram when the program stops meanwhile', async () => {
    const stop = new AbortController();
    const accept: PollUpdatesOptions['accept'] = async ({ update_id }) => {
      if (update_id > 5) throw new Error('disk full');
    };
    const sleep = async () => stop.abort();
    const { offsets, health } = await poll([[5, 6, 7]], { accept, sleep }, stop);
    expect(offsets).toEqual([0, 6]);
    expect(health.isBlocked).toBe(true);
  });
});

it('ends when the token is refused in the middle of it', async () => {
  const refused = new TokenRefusedError('Telegram', 'getUpdates');
  const { outcome, accepted } = await poll([[5], refused, [6]]);
  expect(outcome).toBe(refused);
  expect(accepted).toEqual([5]);
});

describe('another poller', () => {
  it('is waited for, longer each time, and no longer than two minutes', async () => {
    const { outcome, pauses, polls, now } = await poll(Array(99).fill(CONFLICT));
    expect(outcome).toBeInstanceOf(OtherPollerError);
    const tens = Array(11).fill(10_000);
    expect(pauses).toEqual([1000, 2000, 4000, 8000, ...tens]);
    expect(now()).toBe(125_000);
    expect(polls).toHaveLength(16);
  });

  it('that went is forgotten', async () => {
    const nine = Array(9).fill(CONFLICT);
    const { outcome, pauses, accepted } = await poll([...nine, [5], ...nine, [6]]);
    const schedule = [1000, 2000, 4000, 8000, ...Array(5).fill(10_000)];
    expect(outcome).toBe('ended');
    expect(accepted).toEqual([5, 6]);
    expect(pauses).toEqual([...schedule, ...schedule]);
  });
});

describe('Telegram out of reach', () => {
  it('is tried again after pauses that grow up to half a minute', async () => {
    const { outcome, pauses, accepted, lines } = await poll([...Array(8).fill(new Error('down')), [5]]);
    expect(outcome).toBe('ended');
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(accepted).toEqual([5]);
    expect(lines).toHaveLength(8);
  });

  it('begins with short pauses again after an answer', async () => {
    const down = Array(3).fill(new Error('down'));
    expect((await poll([...down, [], ...down])).pauses).toEqual([1000, 2000, 4000, 1000, 2000, 4000]);
  });

  it('shows in the time of the last answer', async () => {
    const { health, now } = await poll([[5], new Error('down'), new Error('down')]);
    expect(now()).toBe(3000);
    // the poll that ended the test was answered, too
    expect(health.lastAnswer).toBe(3000);
  });

  it('keeps nobody from stopping', async () => {
    const stop = new AbortController();
    const sleep = async () => {
      stop.abort();
      throw stop.signal.reason;
    };
    const { outcome, polls } = await poll([new Error('down'), [5]], { sleep }, stop);
    expect([outcome, polls.length]).toEqual(['ended', 1]);
  });
});
