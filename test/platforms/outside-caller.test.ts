import { describe, expect, it } from 'vitest';
import { OutletError } from '../../src/core/outlet-error.ts';
import { createOutsideCaller } from '../../src/platforms/outside-caller.ts';
import { endlessSleep, recordSleep } from '../support/platform-recorders.ts';
import { recordTelemetry } from '../support/record-telemetry.ts';
import { failureOf } from '../support/telegram-connection.ts';

/** A platform that does with each call what comes next. */
function open(outcomes: readonly (OutletError | Error | 'done')[], time = recordSleep()) {
  const { telemetry, counted } = recordTelemetry();
  const call = createOutsideCaller({
    service: 'discord',
    failureOf: (method, error) => (error instanceof OutletError ? error : new Error(`${method} refused`)),
    telemetry,
    sleep: time.sleep,
  });
  const stop = new AbortController();
  const signals: AbortSignal[] = [];
  const act = async (signal: AbortSignal) => {
    const next = outcomes[signals.push(signal) - 1] ?? 'done';
    if (next !== 'done') throw next;
    return next;
  };
  const run = (repeatable: boolean, limitMs = 30_000) =>
    call('wave', act, { signal: stop.signal, repeatable, limitMs });
  return { run, stop, signals, counted, pauses: time.pauses };
}

const later = (afterMs: number) => new OutletError('later', { kind: 'later', afterMs });
const UNSURE = new OutletError('unsure', { kind: 'unsure' });

describe('a call', () => {
  it('gives its result and is counted', async () => {
    const { run, counted } = open([]);
    expect(await run(false)).toBe('done');
    expect(counted).toEqual([{ name: 'outside_calls', service: 'discord', method: 'wave', outcome: 'ok' }]);
  });

  it('that is refused is not made again, and counted as that', async () => {
    const { run, counted, signals } = open([new Error('secret')]);
    expect(await failureOf(run(true))).toMatchObject({ message: 'wave refused' });
    expect([signals.length, counted]).toMatchObject([1, [{ outcome: 'refused' }]]);
  });

  it.each(['gone', 'unfetched'] as const)('that is %s is not made again', async (kind) => {
    const { run, counted } = open([new OutletError(kind, { kind })]);
    expect(await failureOf(run(true))).toMatchObject({ failure: { kind } });
    expect(counted).toMatchObject([{ outcome: kind }]);
  });

  it('that may have been made is made again only if it may be', async () => {
    const { run, signals } = open([UNSURE, UNSURE]);
    expect(await failureOf(run(false))).toBe(UNSURE);
    expect(await run(true)).toBe('done');
    expect(signals).toHaveLength(3);
  });

  it('that was not made is made after the pause, four times at most', async () => {
    const { run, pauses, signals } = open([later(4000), later(5000), later(5000), later(1)]);
    expect(await failureOf(run(false))).toMatchObject({ failure: { afterMs: 1 } });
    expect([signals.length, pauses]).toEqual([4, [4000, 5000, 5000]]);
  });

  it('is the caller’s to make again after more than five seconds', async () => {
    const { run, pauses } = open([later(5001)]);
    expect(await failureOf(run(true))).toMatchObject({ failure: { afterMs: 5001 } });
    expect(pauses).toEqual([]);
  });
});

it('ends its pauses and its calls when its time is over', async () => {
  const { run, signals } = open([later(1)], { ...endlessSleep(), pauses: [] });
  const failure = await failureOf(run(false, 50));
  expect(failure).toMatchObject({ message: 'wave: no time left', failure: { kind: 'later', afterMs: 5000 } });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

it('ends with the reason when the program stops', async () => {
  const { sleep, asleep } = endlessSleep();
  const { run, stop, signals } = open([later(1)], { sleep, pauses: [] });
  const failure = failureOf(run(true));
  await asleep;
  stop.abort(new Error('The program stops.'));
  expect(await failure).toBe(stop.signal.reason);
  expect(signals).toHaveLength(1);
});
