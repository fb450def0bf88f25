import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Waiting } from '../../src/services/outbox-files.ts';
import { archiveEvent, pseudonym } from '../support/archive-event.ts';
import { openOutbox } from '../support/open-outbox.ts';

const first = archiveEvent('first', 'ann');
const second = archiveEvent('second', 'ann');
const only = (waiting: readonly Waiting[]) => waiting[0] as Waiting;

describe('the outbox', () => {
  it('keeps what was put, whole, for the next run', async () => {
    const { outbox, folder } = await openOutbox();
    expect(await outbox.put(first)).toBe('kept');
    expect(await outbox.put(second)).toBe('kept');
    const next = await openOutbox({ folder });
    const events = await Promise.all(next.outbox.waiting().map((waiting) => next.outbox.read(waiting)));
    expect(events).toHaveLength(2);
    expect(events).toContainEqual(first);
    expect(events).toContainEqual(second);
  });

  it('gives the oldest first, after a restart as well', async () => {
    const { outbox, folder } = await openOutbox();
    const photos = ['c', 'a', 'd', 'b'].map((photo) => archiveEvent(photo, 'ann'));
    for (const photo of photos) await outbox.put(photo);
    const order = photos.map(({ sha256 }) => sha256);
    expect(outbox.waiting().map(({ sha256 }) => sha256)).toEqual(order);
    for (const [index, { name }] of outbox.waiting().entries())
      await utimes(join(folder, 'waiting', name), index + 1, index + 1); // a file's time may be some milliseconds coarse
    const next = await openOutbox({ folder });
    expect(next.outbox.waiting().map(({ sha256 }) => sha256)).toEqual(order);
  });

  it('is for its owner only, and holds one file for each photo of a person', async () => {
    const { outbox, folder } = await openOutbox();
    for (const event of [first, first, archiveEvent('first', 'ben'), second]) await outbox.put(event);
    const names = await readdir(join(folder, 'waiting'));
    expect(names.sort()).toEqual(
      [
        `${first.sha256}.${pseudonym('ann')}.json`,
        `${first.sha256}.${pseudonym('ben')}.json`,
        `${second.sha256}.${pseudonym('ann')}.json`,
      ].sort(),
    );
    for (const name of names) expect((await stat(join(folder, 'waiting', name))).mode & 0o077).toBe(0);
    expect((await stat(join(folder, 'waiting'))).mode & 0o077).toBe(0);
  });

  it('takes nothing beyond its room, what is set aside included, and goes on when there is room again', async () => {
    const bytes = Buffer.byteLength(JSON.stringify(first));
    const { outbox, folder, size } = await openOutbox({ maxBytes: 2 * bytes + 10 });
    await outbox.put(first);
    await outbox.put(second);
    expect(await outbox.put(archiveEvent('third', 'ann'))).toBe('full');
    expect(await readdir(join(folder, 'waiting'))).toHaveLength(2);
    await outbox.setAside(only(outbox.waiting()));
    expect(await outbox.put(archiveEvent('third', 'ann'))).toBe('full');
    expect(size()).toMatchObject({ photos: 1, setAside: 1 });
    await outbox.remove(only(outbox.waiting()));
    expect(await outbox.put(archiveEvent('third', 'ann'))).toBe('kept');
  });

  it('has room for the same photo again when it is full', async () => {
    const { outbox } = await openOutbox({ maxBytes: Buffer.byteLength(JSON.stringify(first)) });
    await outbox.put(first);
    expect(await outbox.put(first)).toBe('kept');
    expect(await outbox.put(second)).toBe('full');
  });
});

describe('a photo whose record changes while it waits', () => {
  const voted = { ...first, image: null, record: { ...first.record, vote: { up: true, genre: null } } };

  it('keeps its bytes', async () => {
    const { outbox } = await openOutbox();
    await outbox.put(first);
    await outbox.put(voted);
    expect(await outbox.read(only(outbox.waiting()))).toEqual({ ...voted, image: first.image });
  });

  it('is not lost by the end of an earlier delivery', async () => {
    const { outbox } = await openOutbox();
    await outbox.put(first);
    const underWay = only(outbox.waiting());
    await outbox.put(voted);
    await outbox.remove(underWay);
    await outbox.setAside(underWay);
    expect(outbox.waiting()).toHaveLength(1);
    expect(await outbox.read(underWay)).toBeNull();
    expect(await outbox.read(only(outbox.waiting()))).toEqual({ ...voted, image: first.image });
  });

  it('goes without bytes once they were delivered', async () => {
    const { outbox } = await openOutbox();
    await outbox.put(first);
    await outbox.remove(only(outbox.waiting()));
    await outbox.put(voted);
    expect(await outbox.read(only(outbox.waiting()))).toEqual(voted);
  });
});

describe('what an earlier run has left damaged', () => {
  const name = `${first.sha256}.${pseudonym('ann')}.json`;

  it.each([
    ['empty', ''],
    ['cut off', JSON.stringify(first).slice(0, 200)],
    ['of another person', JSON.stringify({ ...first, pseudonym: pseudonym('ben') })],
    ['another photo', JSON.stringify({ ...first, image: second.image })],
    ['with a field too many', JSON.stringify({ ...first, bucket: 'theirs' })],
  ])('is set aside, and the rest goes on: %s', async (_, text) => {
    const { outbox, folder } = await openOutbox();
    await outbox.put(second);
    await writeFile(join(folder, 'waiting', name), text);
    const next = await openOutbox({ folder });
    const read = await Promise.all(next.outbox.waiting().map((waiting) => next.outbox.read(waiting)));
    expect(read.filter((event) => event !== null)).toEqual([second]);
    expect(await readFile(join(folder, 'set-aside', name), 'utf8')).toBe(text);
    expect(next.outbox.waiting()).toHaveLength(1);
    expect(next.size()).toMatchObject({ photos: 1, setAside: 1 });
    expect(next.lines).toMatchObject([{ level: 'error' }]);
    expect(JSON.stringify(next.lines)).not.toContain(pseudonym('ann')); // lines outlive who asks to be forgotten
    expect((await openOutbox({ folder })).size()).toMatchObject({ photos: 1, setAside: 1 });
  });

  it('is deleted where it was not finished, and left alone where it is none of ours', async () => {
    const { folder } = await openOutbox();
    await writeFile(join(folder, 'waiting', '.draft-1'), 'half');
    await writeFile(join(folder, 'waiting', 'notes.txt'), 'mine');
    const { outbox } = await openOutbox({ folder });
    expect(outbox.waiting()).toEqual([]);
    expect(await readdir(join(folder, 'waiting'))).toEqual(['notes.txt']);
  });
});

describe('a person who is dropped', () => {
  it('has nothing left, waiting or set aside, and nobody else loses anything', async () => {
    const { outbox, folder, size } = await openOutbox();
    const bens = archiveEvent('first', 'ben');
    for (const event of [first, second, bens]) await outbox.put(event);
    await outbox.setAside(only(outbox.waiting()));
    await outbox.drop(pseudonym('ann'));
    expect(outbox.waiting().map(({ pseudonym: whose }) => whose)).toEqual([pseudonym('ben')]);
    expect(await readdir(join(folder, 'set-aside'))).toEqual([]);
    expect(await readdir(join(folder, 'waiting'))).toHaveLength(1);
    expect(size()).toEqual({ bytes: Buffer.byteLength(JSON.stringify(bens)), photos: 1, setAside: 0 });
  });
});
