import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArchiveError } from '../../src/services/archive-error.ts';
import { openArchiveBench } from '../support/archive-bench.ts';
import { archiveEvent } from '../support/archive-event.ts';

const outage = () => {
  throw new ArchiveError('no answer in time', { isUnsure: true });
};
const photos = (count: number) =>
  Array.from({ length: count }, (_, index) => archiveEvent(`photo ${index}`, 'ann'));

describe('the drain', () => {
  it('brings what waits, from an earlier run as well, and deletes it once it is stored', async () => {
    const earlier = await openArchiveBench();
    for (const event of photos(3)) await earlier.outbox.put(event);
    await earlier.close();
    const { folder } = earlier;
    const bench = await openArchiveBench({ folder });
    bench.start();
    await bench.until(() => bench.outbox.waiting().length === 0);
    await bench.archive.keep(
      {
        pseudonym: 'x'.repeat(32),
        resultId: 'r',
        jpeg: Uint8Array.of(1),
        record: photos(1)[0]?.record as never,
      },
      bench.time.now,
    );
    const deliveries = () => bench.counted.filter(({ name }) => name === 'archive_deliveries');
    await bench.until(() => deliveries().length === 4);
    for (const event of photos(3)) expect(bench.delivered).toContainEqual(event);
    expect(deliveries()).toEqual(
      Array.from({ length: 4 }, () => ({ name: 'archive_deliveries', outcome: 'stored' })),
    );
  });

  it('deletes nothing without the archive’s word, however long it cannot be had', async () => {
    const bench = await openArchiveBench({ deliver: (event, nth) => (nth <= 30 ? outage() : stored(event)) });
    for (const event of photos(5)) await bench.outbox.put(event);
    bench.start();
    await bench.until(() => bench.delivered.length === 30);
    expect(bench.outbox.waiting()).toHaveLength(5);
    await bench.until(() => bench.outbox.waiting().length === 0);
    expect(bench.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('leaves the archive alone after three failures in a row, for longer each time, up to a minute', async () => {
    const bench = await openArchiveBench({ deliver: outage });
    for (const event of photos(40)) await bench.outbox.put(event);
    bench.start();
    await bench.until(() => bench.pauses.length === 12);
    // four are under way at once: those that have begun go through
    expect(bench.delivered.length).toBeLessThanOrEqual(12 * 6);
    expect(bench.delivered.length).toBeGreaterThanOrEqual(12 * 3);
    for (const [index, pause] of bench.pauses.entries()) {
      const middle = 200 * 2 ** (index + 1);
      expect(pause).toBeGreaterThanOrEqual(Math.min(60_000, middle * 0.5));
      expect(pause).toBeLessThanOrEqual(Math.min(60_000, middle * 1.5));
    }
    expect(new Set(bench.pauses.slice(0, 7)).size).toBe(7);
  });

  it('has at most four under way', async () => {
    let now = 0;
    let most = 0;
    const four = Promise.withResolvers<void>();
    const bench = await openArchiveBench({
      async deliver(event) {
        now += 1;
        most = Math.max(most, now);
        if (now === 4) four.resolve();
        await four.promise;
        for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate); // a fifth one would begin
        now -= 1;
        return stored(event);
      },
    });
    for (const event of photos(20)) await bench.outbox.put(event);
    bench.start();
    await bench.until(() => bench.outbox.waiting().length === 0);
    expect(most).toBe(4);
  });

  it('sets aside what the archive refuses, once, and goes on', async () => {
    const [bad, ...good] = photos(4);
    const bench = await openArchiveBench({
      deliver: (event) =>
        event.sha256 === bad?.sha256 ? { status: 'refused', reason: 'image' } : stored(event),
    });
    for (const event of photos(4)) await bench.outbox.put(event);
    bench.start();
    await bench.until(() => bench.outbox.waiting().length === 0);
    expect(bench.delivered).toHaveLength(1 + good.length);
    expect(bench.lines).toMatchObject([{ level: 'error', details: { reason: 'image' } }]);
    const next = await openArchiveBench({ folder: bench.folder });
    expect(next.outbox.waiting()).toEqual([]);
  });

  it('comes back to one that the archive cannot take just now, or that fails by itself, and brings the others', async () => {
    const [odd] = photos(4);
    let tries = 0;
    const bench = await openArchiveBench({
      deliver(event) {
        if (event.sha256 !== odd?.sha256) return stored(event);
        tries += 1;
        if (tries === 1) throw new Error('a bug');
        return tries < 4 ? { status: 'retry', reason: 'busy' } : stored(event);
      },
    });
    for (const event of photos(4)) await bench.outbox.put(event);
    bench.start();
    await bench.until(() => bench.outbox.waiting().length === 0);
    expect(tries).toBe(4);
    expect(bench.pauses).toHaveLength(3);
    expect(bench.delivered).toHaveLength(3 + 4);
    expect(bench.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('leaves for the next run what is under way when it is closed', async () => {
    const bench = await openArchiveBench({
      deliver: async () => {
        await closing.promise;
        return outage();
      },
    });
    const closing = Promise.withResolvers<void>();
    await bench.outbox.put(archiveEvent('photo', 'ann'));
    bench.start();
    await bench.until(() => bench.delivered.length === 1);
    const closed = bench.close();
    closing.resolve();
    await closed;
    expect(bench.delivered).toHaveLength(1);
    expect(bench.outbox.waiting()).toHaveLength(1);
  });
});

function stored({ sha256 }: { readonly sha256: string }) {
  return { status: 'stored', sha256, created: true } as const;
}

describe('one with something wrong of its own', () => {
  it('keeps no other waiting, and is tried again after longer and longer pauses', async () => {
    const [odd] = photos(1);
    const tries: number[] = [];
    const bench = await openArchiveBench({
      deliver(event) {
        if (event.sha256 !== odd?.sha256) return stored(event);
        tries.push(bench.time.now);
        return { status: 'retry', reason: 'busy' };
      },
    });
    await bench.outbox.put(odd ?? archiveEvent('', 'ann'));
    bench.start();
    await bench.until(() => tries.length === 4);
    const pauses = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(100 * 2 ** (index + 1));
      expect(pause).toBeLessThanOrEqual(300 * 2 ** (index + 1) + 1);
    }
    await bench.outbox.put(archiveEvent('another', 'ben'));
    const before = tries.length;
    bench.drain.wake();
    await bench.until(() => bench.outbox.waiting().length === 1);
    expect(tries.length - before).toBeLessThanOrEqual(1);
  });

  it('that is not there any more is not waited for, and one that cannot be read keeps no other waiting', async () => {
    const bench = await openArchiveBench();
    const [gone, folder, good] = photos(3);
    for (const event of photos(3)) await bench.outbox.put(event);
    const fileOf = (event: typeof gone) =>
      join(bench.folder, 'outbox', 'waiting', `${event?.sha256}.${event?.pseudonym}.json`);
    await rm(fileOf(gone));
    await rm(fileOf(folder));
    await mkdir(fileOf(folder));
    bench.start();
    await bench.until(() => bench.delivered.length === 1 && bench.outbox.waiting().length === 1);
    expect(bench.delivered).toMatchObject([{ sha256: good?.sha256 }]);
    await bench.until(() => bench.lines.filter(({ level }) => level === 'error').length >= 2);
  });

  it('is not even read while the archive cannot be had', async () => {
    const bench = await openArchiveBench({ deliver: outage });
    for (const event of photos(40)) await bench.outbox.put(event);
    let reads = 0;
    const { outbox } = bench;
    const read = outbox.read.bind(outbox);
    outbox.read = (waiting) => {
      reads += 1;
      return read(waiting);
    };
    bench.start();
    await bench.until(() => bench.pauses.length === 2);
    expect(reads).toBe(bench.delivered.length);
    expect(reads).toBeLessThanOrEqual(12);
  });
});
