import { describe, expect, it } from 'vitest';
import { ArchiveError } from '../../src/services/archive-error.ts';
import { openArchiveBench, RUNS_ON_MS } from '../support/archive-bench.ts';
import { pseudonym, RECORD } from '../support/archive-event.ts';
import { makeRequest } from '../support/make-request.ts';

const ANN = pseudonym('ann');
const told = makeRequest({ command: 'forgotten', language: 'ar' });
const done = { status: 'erased', records: 0, images: 0 } as const;
const outage = () => {
  throw new ArchiveError('no answer in time', { isUnsure: true });
};
const photo = (name: string, whose: string) => ({
  pseudonym: pseudonym(whose),
  resultId: 'r',
  jpeg: new TextEncoder().encode(name),
  record: RECORD,
});

describe('forgetting somebody', () => {
  it('asks the archive, and then has them told, once', async () => {
    const bench = await openArchiveBench();
    bench.start();
    expect(await bench.forget(ANN, told)).toBe('queued');
    await bench.until(() => bench.told.length === 1);
    expect(bench.erased).toEqual([{ version: 1, pseudonym: ANN }]);
    expect(bench.told).toMatchObject([{ request: told, key: `erasure:${ANN}:${bench.time.now}` }]);
    await bench.forget(pseudonym('ben'), told);
    await bench.until(() => bench.told.length === 2);
    expect(bench.erased).toHaveLength(2);
  });

  it('is done where there is no archive to ask', async () => {
    const bench = await openArchiveBench({ canErase: false });
    bench.start();
    expect(await bench.forget(ANN, told)).toBe('erased');
    expect(bench.erasures.open()).toEqual([]);
    expect(await bench.archive.forgottenAt(ANN)).toBe(bench.time.now);
  });

  it('goes on as long as the archive cannot be had, or has not finished', async () => {
    const bench = await openArchiveBench({
      erase: (_, nth) => (nth < 4 ? outage() : nth < 6 ? { status: 'retry', reason: 'many' } : done),
    });
    bench.start();
    await bench.forget(ANN, told);
    await bench.until(() => bench.told.length === 1);
    expect(bench.erased).toHaveLength(6);
    expect(bench.counted.filter(({ name }) => name === 'erasures').at(-1)).toEqual({
      name: 'erasures',
      outcome: 'erased',
    });
  });

  it('is not given up at the end of the program', async () => {
    const before = await openArchiveBench({ erase: outage });
    before.start();
    await before.forget(ANN, told);
    await before.until(() => before.erased.length === 1);
    await before.close();
    const bench = await openArchiveBench({ folder: before.folder });
    bench.start();
    await bench.until(() => bench.told.length === 1);
    expect(bench.told).toMatchObject([{ request: told }]);
    expect(bench.erasures.open()).toEqual([]);
  });

  it('tells again where that failed, without erasing again', async () => {
    let tries = 0;
    const bench = await openArchiveBench({
      async tell() {
        tries += 1;
        if (tries < 3) throw new Error('full disk');
      },
    });
    bench.start();
    await bench.forget(ANN, told);
    await bench.until(() => bench.told.length === 1);
    expect(bench.erased).toHaveLength(1);
  });

  it('begins anew for who asks again meanwhile, and tells them of that', async () => {
    const again = makeRequest({ command: 'forgotten', language: 'en' });
    const bench = await openArchiveBench({
      async erase(_, nth) {
        if (nth > 1) return done;
        bench.time.now += 1;
        await bench.forget(ANN, again);
        return done;
      },
    });
    bench.start();
    await bench.forget(ANN, told);
    await bench.until(() => bench.told.length > 0);
    expect(bench.told).toMatchObject([{ request: again }]);
    expect(bench.erased).toHaveLength(2);
    expect(bench.erasures.open()).toEqual([]);
  });

  it('keeps for a day only that they asked', async () => {
    const bench = await openArchiveBench();
    bench.start();
    const asked = bench.time.now;
    await bench.forget(ANN, told);
    await bench.until(() => bench.told.length === 1);
    bench.time.now = asked + 24 * 3600_000;
    bench.erasures.purge();
    expect(await bench.archive.forgottenAt(ANN)).toBe(asked);
    bench.time.now += 1;
    bench.erasures.purge();
    expect(await bench.archive.forgottenAt(ANN)).toBeNull();
  });
});

describe('photos of who is to be forgotten', () => {
  it('are erased only when none of theirs can arrive any more', async () => {
    const arriving = Promise.withResolvers<void>();
    const bench = await openArchiveBench({
      async deliver() {
        await arriving.promise;
        return outage();
      },
    });
    bench.start();
    await bench.archive.keep(photo('one', 'ann'), bench.time.now);
    await bench.until(() => bench.delivered.length === 1);
    bench.time.now += 1;
    await bench.forget(ANN, told);
    await bench.until(() => bench.pauses.length >= 3);
    expect(bench.erased).toEqual([]);
    arriving.resolve();
    const arrived = bench.time.now;
    await bench.until(() => bench.told.length === 1);
    expect(bench.told[0]?.at).toBeGreaterThanOrEqual(arrived + RUNS_ON_MS);
    expect(bench.delivered).toHaveLength(1);
  });

  it('may still be arriving from an earlier run', async () => {
    const before = await openArchiveBench();
    await before.archive.keep(photo('one', 'ann'), before.time.now);
    await before.forget(ANN, told);
    await before.close();
    const bench = await openArchiveBench({ folder: before.folder });
    const started = bench.time.now;
    bench.start();
    await bench.until(() => bench.told.length === 1);
    expect(bench.told[0]?.at).toBeGreaterThanOrEqual(started + RUNS_ON_MS);
  });

  it('that they send later wait until the earlier ones are erased, and other people’s do not', async () => {
    const others = Promise.withResolvers<void>();
    const bench = await openArchiveBench({
      async erase(_, nth) {
        await others.promise;
        return nth < 3 ? outage() : done;
      },
    });
    bench.start();
    await bench.forget(ANN, told);
    bench.time.now += 1;
    await bench.archive.keep(photo('later', 'ann'), bench.time.now);
    await bench.archive.keep(photo('other', 'ben'), bench.time.now);
    await bench.until(() => bench.outbox.waiting().length === 1);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate); // the drain waits to be woken
    others.resolve();
    await bench.until(() => bench.delivered.length === 2);
    expect(bench.delivered.map(({ pseudonym: whose }) => whose)).toEqual([pseudonym('ben'), ANN]);
    expect(bench.erased).toHaveLength(3);
  });
});

describe('a photo whose turn comes while its owner asks', () => {
  it('is not brought any more, though it is still there', async () => {
    const gate = Promise.withResolvers<void>();
    const bench = await openArchiveBench({
      async deliver({ sha256 }) {
        await gate.promise;
        return { status: 'stored', sha256, created: true };
      },
    });
    for (let n = 0; n < 4; n++) await bench.archive.keep(photo(`${n}`, 'ben'), bench.time.now);
    await bench.archive.keep(photo('hers', 'ann'), bench.time.now);
    bench.drain.start();
    await bench.until(() => bench.delivered.length === 4);
    bench.erasures.ask(ANN, bench.time.now, false);
    gate.resolve();
    await bench.until(() => bench.outbox.waiting().length === 1);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(bench.delivered).toHaveLength(4);
  });
});

describe('who is still to be forgotten here', () => {
  it('is not told before, however soon the archive is through', async () => {
    const bench = await openArchiveBench();
    bench.start();
    await bench.archive.forget(ANN, bench.time.now);
    await bench.until(() => bench.erased.length === 1);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(bench.told).toEqual([]);
    expect(await bench.archive.tellForgotten(ANN, bench.time.now, told)).toBe('queued');
    await bench.until(() => bench.told.length === 1);
    expect(bench.erased).toHaveLength(1);
  });

  it('does not begin anew when the same wish is worked on again', async () => {
    const bench = await openArchiveBench();
    bench.start();
    const at = bench.time.now;
    await bench.archive.forget(ANN, at);
    await bench.until(() => bench.erased.length === 1);
    await bench.archive.forget(ANN, at);
    await bench.archive.tellForgotten(ANN, at, told);
    await bench.until(() => bench.told.length === 1);
    await bench.archive.forget(ANN, at);
    expect(await bench.archive.tellForgotten(ANN, at, told)).toBe('erased');
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(bench.erased).toHaveLength(1);
    expect(bench.told).toHaveLength(1);
  });
});
