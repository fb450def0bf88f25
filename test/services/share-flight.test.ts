import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { createSingleFlight } from '../../src/services/share-flight.ts';

function openWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let started = 0;
  const start = () => {
    started += 1;
    return promise;
  };
  return { start, resolve, reject, started: () => started };
}

const never = () => new AbortController().signal;

it('does the work of one key once for all who ask meanwhile, and anew for who asks later', async () => {
  const flight = createSingleFlight<string>();
  const work = openWork();
  const asking = [flight.join('a', work.start, never()), flight.join('a', work.start, never())];
  work.resolve('done');
  expect(await Promise.all(asking)).toEqual(['done', 'done']);
  expect(work.started()).toBe(1);
  expect(await flight.join('a', async () => 'anew', never())).toBe('anew');
});

it('keeps keys apart', async () => {
  const flight = createSingleFlight<string>();
  const asking = ['a', 'b'].map((key) => flight.join(key, async () => key, never()));
  expect(await Promise.all(asking)).toEqual(['a', 'b']);
});

it('lets one leave alone, and leaves nothing on the signals', async () => {
  const flight = createSingleFlight<string>();
  const work = openWork();
  const [leaving, staying] = [new AbortController(), new AbortController()];
  const left = flight.join('a', work.start, leaving.signal);
  const stayed = flight.join('a', work.start, staying.signal);
  const reason = new Error('enough');
  leaving.abort(reason);
  await expect(left).rejects.toBe(reason);
  await expect(flight.join('b', work.start, leaving.signal)).rejects.toBe(reason);
  work.resolve('done');
  expect(await stayed).toBe('done');
  expect(work.started()).toBe(1);
  expect(getEventListeners(staying.signal, 'abort')).toHaveLength(0);
});

it('goes on for who comes after all have left', async () => {
  const flight = createSingleFlight<string>();
  const work = openWork();
  const leaving = new AbortController();
  const left = flight.join('a', work.start, leaving.signal);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: 'AbortError' });
  const late = flight.join('a', work.start, never());
  work.resolve('done');
  expect(await late).toBe('done');
  expect(work.started()).toBe(1);
});

it('gives its failure to all who wait, whether it rejects or throws, and then forgets it', async () => {
  const flight = createSingleFlight<string>();
  const work = openWork();
  const asking = [flight.join('a', work.start, never()), flight.join('a', work.start, never())];
  const broken = new Error('broken');
  work.reject(broken);
  expect(await Promise.allSettled(asking)).toEqual([
    { status: 'rejected', reason: broken },
    { status: 'rejected', reason: broken },
  ]);
  const throwing = flight.join(
    'a',
    () => {
      throw broken;
    },
    never(),
  );
  await expect(throwing).rejects.toBe(broken);
  expect(await flight.join('a', async () => 'anew', never())).toBe('anew');
});

it('a failure that nobody is left to hear of troubles nobody', async () => {
  const flight = createSingleFlight<string>();
  const work = openWork();
  const leaving = new AbortController();
  const left = flight.join('a', work.start, leaving.signal);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: 'AbortError' });
  work.reject(new Error('broken'));
  await expect.poll(() => flight.join('a', async () => 'anew', never())).toBe('anew');
});
