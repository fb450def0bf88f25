import { describe, expect, it } from 'vitest';
import type { Finds } from '../../src/core/card.ts';
import type { StoredResult } from '../../src/core/stored-result.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { buttonsOf, imageOf, linksOf, makeCommandBench, textsOf } from '../support/command-bench.ts';
import { EPOCH } from '../support/fake-time.ts';
import { makeRequest, makeVibe, vibeOf } from '../support/make-request.ts';

const ME = makeRequest();
const OTHER = makeRequest({ command: 'about' }, { asker: { id: '2', locale: null } });
const id = (n: number) => `result-${`${n}`.padStart(9, '0')}`;

async function start(count = 1) {
  const bench = makeCommandBench();
  for (let n = 1; n <= count; n++) {
    await bench.run(vibeOf('cat'), { resultId: id(n) });
    const result = (await bench.store.result(id(n))) as StoredResult;
    const [picture] = result.pictures;
    const imageName = `jazz-${picture?.sha256.slice(0, 8)}.jpg`;
    await bench.store.putResult({ ...result, createdAt: EPOCH - count + n });
    await bench.store.setPosted(id(n), { messageId: `${n}`, imageName, image: `file ${n}` });
  }
  const change = async (changes: Partial<StoredResult>) =>
    bench.store.putResult({ ...((await bench.store.result(id(1))) as StoredResult), ...changes });
  const search = async (query: string, request = ME, language: 'en' | 'ar' = 'en') => {
    const replies = await bench.run({ command: 'search', query }, { request, language });
    expect(replies).toHaveLength(1);
    return replies[0] as Finds;
  };
  const found = async (query: string, request = ME) =>
    (await search(query, request)).finds.map((find) => find.id);
  return { ...bench, change, search, found };
}

describe('a search for nothing', () => {
  it('finds the asker’s own latest results, newest first, ten at most', async () => {
    const { found } = await start(12);
    expect(await found('  ')).toEqual(Array.from({ length: 10 }, (_, index) => id(12 - index)));
    expect(await found('', OTHER)).toEqual([]);
  });

  it('shows each as its stored picture with words and playlists, and nothing to change it with', async () => {
    const { search } = await start();
    const [find] = (await search('')).finds;
    expect(find?.description).toBe('Jazz, from 1 January');
    expect(find && imageOf(find.card)).toMatchObject({ shows: 'file 1' });
    expect(find && textsOf(find.card)).toContain('photo jazz en');
    expect(find && linksOf(find.card)).toEqual(['Jazz · Global', 'Jazz · Khaleeji']);
    expect(find && buttonsOf(find.card)).toEqual([[`share ${id(1)}`]]);
  });

  it('leaves out what is not posted', async () => {
    const { change, found } = await start();
    await change({ posted: null });
    expect(await found('')).toEqual([]);
  });

  it('says what to do, more so when there is nothing', async () => {
    const { search } = await start();
    expect((await search('')).hint).toBe(LANGUAGES.en.chat.search.hint);
    expect((await search('', OTHER)).hint).toBe(LANGUAGES.en.chat.search.nothing);
  });

  it('keeps a card in the language of its words, and describes it in the asker’s', async () => {
    const { search } = await start();
    const { finds, language } = await search('', ME, 'ar');
    expect(language).toBe('ar');
    expect(finds[0]?.card.language).toBe('en');
    expect(finds[0]?.description).toContain(LANGUAGES.ar.genres.jazz);
  });

  it('does not show another genre’s heatmap as the first one’s', async () => {
    const { run, store, search } = await start(0);
    await run(makeVibe({ images: ['cat'], why: 'rock' }), { resultId: id(1) });
    await store.setPosted(id(1), { messageId: '1', imageName: 'rock-abababab.jpg', image: 'file of rock' });
    const [find] = (await search('')).finds;
    expect(find?.card.title).toMatch(/^Jazz/);
    expect(find && imageOf(find.card)).toBeNull();
  });
});

describe('a search for a genre', () => {
  it.each(['jazz', ' JAZZ ', 'جاز', 'الجاز'])('offers its playlists, both or one: %s', async (query) => {
    const { search } = await start();
    const { finds } = await search(query);
    expect(finds.map((find) => find.id)).toEqual(['jazz-global-khaleeji', 'jazz-global', 'jazz-khaleeji']);
    expect(finds.map(({ card }) => linksOf(card))).toEqual([
      ['Jazz · Global', 'Jazz · Khaleeji'],
      ['Jazz · Global'],
      ['Jazz · Khaleeji'],
    ]);
    expect(finds.map(({ card }) => card.title)).toEqual([
      'Jazz · Global + Jazz · Khaleeji',
      'Jazz · Global',
      'Jazz · Khaleeji',
    ]);
    for (const find of finds) expect(Buffer.byteLength(find.id)).toBeLessThanOrEqual(64);
  });
});

describe('a search for a result by its id', () => {
  it('finds the asker’s own, shared or not', async () => {
    const { found } = await start();
    expect(await found(id(1))).toEqual([id(1)]);
    expect(await found(` ${id(1)} `)).toEqual([id(1)]);
  });

  it('finds another’s once its owner has shared it, and not before', async () => {
    const { found, run } = await start();
    expect(await found(id(1), OTHER)).toEqual([]);
    const shared = { command: 'shared', resultId: id(1) } as const;
    expect(await run(shared, { request: OTHER })).toEqual([]);
    expect(await found(id(1), OTHER)).toEqual([]);
    await run(shared, { request: { ...ME, platform: 'discord' } });
    expect(await found(id(1), OTHER)).toEqual([]);
    expect(await run(shared, { request: ME })).toEqual([]);
    expect(await found(id(1), OTHER)).toEqual([id(1)]);
    expect(await found('', OTHER)).toEqual([]);
  });

  it('finds none of another platform, whose pictures cannot be shown here', async () => {
    const { found, change } = await start();
    await change({ platform: 'discord', shared: true });
    expect(await found(id(1))).toEqual([]);
    expect(await found(id(1), OTHER)).toEqual([]);
  });

  it.each(['result-999999999', 'polka', "' OR 1=1 --", '🎵', 'x'.repeat(256)])(
    'finds nothing for %s',
    async (query) => {
      const { search } = await start();
      expect(await search(query)).toMatchObject({ finds: [], hint: LANGUAGES.en.chat.search.nothing });
    },
  );

  it('finds none that is not posted', async () => {
    const { found, change } = await start();
    await change({ posted: null });
    expect(await found(id(1))).toEqual([]);
  });
});

describe('something that was sent out of a search', () => {
  it.each(['jazz-global', 'unknown', ''])('needs no result: %j', async (resultId) => {
    const { run } = await start(0);
    expect(await run({ command: 'shared', resultId })).toEqual([]);
  });
});
