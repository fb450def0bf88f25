import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openArchiveBench } from '../support/archive-bench.ts';
import { pseudonym, RECORD, sha256Of } from '../support/archive-event.ts';
import { makeRequest } from '../support/make-request.ts';

const ANN = pseudonym('ann');
const told = makeRequest({ command: 'forgotten', language: 'en' });
const photo = (name: string, resultId = `result of ${name}`, whose = 'ann') => ({
  pseudonym: pseudonym(whose),
  resultId,
  jpeg: new TextEncoder().encode(name),
  record: RECORD,
});

describe('a photo that is kept', () => {
  it('is named by its content, waits, and is told of with its record', async () => {
    const bench = await openArchiveBench();
    expect(await bench.archive.keep(photo('one'), 0)).toBe(sha256Of('one'));
    const [waiting] = bench.outbox.waiting();
    expect(waiting && (await bench.outbox.read(waiting))).toEqual({
      version: 1,
      pseudonym: ANN,
      sha256: sha256Of('one'),
      image: Buffer.from('one').toString('base64'),
      record: RECORD,
    });
    const known = { sha256: sha256Of('one'), at: bench.time.now, record: RECORD };
    expect(await bench.archive.kept(ANN)).toEqual([{ ...known, waits: true }]);
    expect(await bench.archive.kept(pseudonym('ben'))).toEqual([]);
    bench.start();
    await bench.until(() => bench.outbox.waiting().length === 0);
    expect(await bench.archive.kept(ANN)).toEqual([{ ...known, waits: false }]);
    expect(bench.counted[0]).toEqual({ name: 'kept_photos', outcome: 'kept' });
  });

  it('is not, and nothing is said of it, where there is no room', async () => {
    const bench = await openArchiveBench({ maxBytes: 10 });
    expect(await bench.archive.keep(photo('one'), 0)).toBeNull();
    expect(await bench.archive.kept(ANN)).toEqual([]);
    expect(bench.counted).toEqual([{ name: 'kept_photos', outcome: 'full' }]);
    expect(bench.lines).toMatchObject([{ level: 'warn' }]);
  });

  it('is not where the disk refuses, and nothing is thrown', async () => {
    const bench = await openArchiveBench();
    await rm(join(bench.folder, 'outbox'), { recursive: true });
    await writeFile(join(bench.folder, 'outbox'), 'in the way');
    expect(await bench.archive.keep(photo('one'), 0)).toBeNull();
    expect(await bench.archive.kept(ANN)).toEqual([]);
    expect(bench.counted).toEqual([{ name: 'kept_photos', outcome: 'failed' }]);
    expect(bench.lines).toMatchObject([{ level: 'error' }]);
  });
});

describe('a vote', () => {
  const vote = { up: false, genre: 'rock' } as const;

  it('goes to the archive with the records of its answer’s photos, and with no other', async () => {
    const bench = await openArchiveBench();
    bench.start();
    for (const name of ['one', 'two']) await bench.archive.keep(photo(name, 'album'), 0);
    await bench.archive.keep(photo('three'), 0);
    await bench.until(() => bench.outbox.waiting().length === 0);
    await bench.archive.vote(ANN, 'album', vote);
    await bench.until(() => bench.delivered.length === 5 && bench.outbox.waiting().length === 0);
    const later = bench.delivered.slice(3);
    expect(later.map(({ sha256 }) => sha256).sort()).toEqual([sha256Of('one'), sha256Of('two')].sort());
    for (const event of later) expect(event).toMatchObject({ image: null, record: { ...RECORD, vote } });
  });

  it('joins the photo that still waits', async () => {
    const bench = await openArchiveBench();
    await bench.archive.keep(photo('one', 'r'), 0);
    await bench.archive.vote(ANN, 'r', vote);
    bench.start();
    await bench.until(() => bench.outbox.waiting().length === 0);
    expect(bench.delivered).toMatchObject([
      { image: Buffer.from('one').toString('base64'), record: { vote } },
    ]);
  });

  it('outlives the same photo’s being sent again', async () => {
    const bench = await openArchiveBench();
    await bench.archive.keep(photo('one', 'r'), 0);
    await bench.archive.vote(ANN, 'r', vote);
    await bench.archive.keep(photo('one', 'r2'), 0);
    expect(await bench.archive.kept(ANN)).toMatchObject([{ record: { vote } }]);
    const [waiting] = bench.outbox.waiting();
    expect(waiting && (await bench.outbox.read(waiting))).toMatchObject({ record: { vote } });
    await bench.archive.vote(ANN, 'r', { up: true, genre: null });
    expect(await bench.archive.kept(ANN)).toMatchObject([{ record: { vote } }]);
  });

  it('is nobody else’s, and nothing where nothing was kept', async () => {
    const bench = await openArchiveBench();
    await bench.archive.keep(photo('one', 'r'), 0);
    await bench.archive.vote(pseudonym('ben'), 'r', vote);
    await bench.archive.vote(ANN, 'other', vote);
    expect(await bench.archive.kept(ANN)).toMatchObject([{ record: { vote: null } }]);
    expect(bench.outbox.waiting()).toHaveLength(1);
  });
});

describe('what is forgotten', () => {
  it('is gone at once from the outbox and from what is known', async () => {
    const bench = await openArchiveBench();
    for (const each of [photo('one'), photo('two'), photo('one', 'r', 'ben')])
      await bench.archive.keep(each, 0);
    await bench.forget(ANN, told);
    expect(await bench.archive.kept(ANN)).toEqual([]);
    expect(await bench.archive.kept(pseudonym('ben'))).toHaveLength(1);
    expect(await readdir(join(bench.folder, 'outbox', 'waiting'))).toHaveLength(1);
  });

  it('stays so: a photo that they sent before is not kept after', async () => {
    const bench = await openArchiveBench();
    const sent = bench.time.now;
    bench.time.now += 10;
    await bench.forget(ANN, told);
    expect(await bench.archive.keep(photo('one'), sent)).toBeNull();
    expect(await bench.archive.keep(photo('two'), bench.time.now)).toBeNull();
    expect(bench.outbox.waiting()).toEqual([]);
    expect(bench.counted.at(-1)).toEqual({ name: 'kept_photos', outcome: 'forgotten' });
    bench.time.now += 10;
    expect(await bench.archive.keep(photo('three'), bench.time.now)).toBe(sha256Of('three'));
  });

  it('stays so for one that is just being written', async () => {
    const bench = await openArchiveBench();
    const keeping = Array.from({ length: 20 }, (_, n) => bench.archive.keep(photo(`${n}`), bench.time.now));
    const forgetting = bench.forget(ANN, told);
    await forgetting;
    await Promise.all(keeping);
    expect(bench.outbox.waiting()).toEqual([]);
    expect(await bench.archive.kept(ANN)).toEqual([]);
  });
});

describe('a vote beside the wish to be forgotten', () => {
  it.each([
    ['before', true],
    ['after', false],
  ] as const)('leaves nothing behind (%s)', async (_, isBefore) => {
    const bench = await openArchiveBench();
    for (const name of ['one', 'two', 'three']) await bench.archive.keep(photo(name, 'album'), 0);
    const vote = () => bench.archive.vote(ANN, 'album', { up: true, genre: null });
    const forget = () => bench.forget(ANN, told);
    const [first, second] = isBefore ? [vote(), forget()] : [forget(), vote()];
    await Promise.all([first, second]);
    expect(await bench.archive.kept(ANN)).toEqual([]);
    expect(await readdir(join(bench.folder, 'outbox', 'waiting'))).toEqual([]);
  });
});

describe('a photo that the archive has refused', () => {
  it('counts as not delivered, and is not replaced by a vote on it', async () => {
    const bench = await openArchiveBench({ deliver: () => ({ status: 'refused', reason: 'image' }) });
    await bench.archive.keep(photo('one', 'r'), 0);
    bench.start();
    await bench.until(() => bench.outbox.waiting().length === 0);
    await bench.archive.vote(ANN, 'r', { up: true, genre: null });
    expect(bench.outbox.waiting()).toEqual([]);
    expect(await bench.archive.kept(ANN)).toMatchObject([{ waits: true, record: { vote: { up: true } } }]);
    const [name = ''] = await readdir(join(bench.folder, 'outbox', 'set-aside'));
    const left = JSON.parse(await readFile(join(bench.folder, 'outbox', 'set-aside', name), 'utf8'));
    expect(left).toMatchObject({ image: Buffer.from('one').toString('base64') });
  });
});

describe('without anything that could erase it', () => {
  it('what was delivered before stays to be erased, and nobody is told that it is', async () => {
    const before = await openArchiveBench();
    before.start();
    await before.archive.keep(photo('one'), 0);
    await before.until(() => before.outbox.waiting().length === 0);
    await before.close();
    const without = await openArchiveBench({ folder: before.folder, canErase: false });
    expect(await without.forget(ANN, told)).toBe('queued');
    await without.close();
    const bench = await openArchiveBench({ folder: before.folder });
    bench.start();
    await bench.until(() => bench.told.length === 1);
    expect(bench.erased).toHaveLength(1);
  });
});
