import { expect, it } from 'vitest';
import type { Tally, TallyOf } from '../../src/core/prediction.ts';
import type { Store } from '../../src/core/store.ts';
import { ANN, BOB, DAY_MS, prediction, VOTE } from './store-contract-given.ts';
import type { Start } from './store-contract-start.ts';
import { NOW, storedResult } from './stored-result.ts';

const NONE = { classical: 0, electronic: 0, jazz: 0, pop: 0, rock: 0 };
const GROUP = 'telegram:chat:-7';

export function counts(start: Start): void {
  it('counts photos by genre, person, community and time', async () => {
    const { store } = await start();
    const tally = async (of: Partial<TallyOf>) => {
      const { genres, confidence } = await store.tally({ since: null, ...of });
      return [Object.fromEntries(Object.entries(genres).filter(([, photos]) => photos > 0)), confidence];
    };
    expect(await store.tally({ since: null })).toEqual({ genres: NONE, confidence: 0, ups: 0, downs: 0 });
    await store.putPrediction(prediction('a', { at: NOW - 2 }));
    await store.putPrediction(prediction('b', { genre: 'rock', confidence: 0.5, community: null }));
    await store.putPrediction(prediction('c', { platform: 'discord', pseudonym: BOB.pseudonym }));
    await store.putPrediction(prediction('d', { at: NOW - 1, community: 'discord:chat:-7' }));
    expect(await tally({})).toEqual([{ jazz: 3, rock: 1 }, 2.75]);
    expect(await tally({ since: NOW - 2 })).toEqual([{ jazz: 3, rock: 1 }, 2.75]);
    expect(await tally({ since: NOW - 1 })).toEqual([{ jazz: 2, rock: 1 }, 2]);
    expect(await tally({ since: NOW + 1 })).toEqual([{}, 0]);
    expect(await tally({ pseudonym: ANN.pseudonym })).toEqual([{ jazz: 2, rock: 1 }, 2]);
    expect(await tally({ pseudonym: ANN.pseudonym, since: NOW })).toEqual([{ rock: 1 }, 0.5]);
    expect(await tally({ pseudonym: 'nobody' })).toEqual([{}, 0]);
    expect(await tally({ community: GROUP })).toEqual([{ jazz: 2 }, 1.5]);
    expect(await tally({ community: GROUP, since: NOW - 1 })).toEqual([{ jazz: 1 }, 0.75]);
    expect(await tally({ community: GROUP, pseudonym: BOB.pseudonym })).toEqual([{ jazz: 1 }, 0.75]);
    expect(await tally({ community: GROUP, pseudonym: BOB.pseudonym, since: NOW + 1 })).toEqual([{}, 0]);
  });

  it("gives the same numbers of everything when predictions become their days' sums", async () => {
    const { store, setNow, expire } = await start();
    await fill(store);
    const before = await store.tally({ since: null });
    expect(before).toEqual({ genres: { ...NONE, jazz: 5, rock: 2 }, confidence: 4.75, ups: 1, downs: 1 });
    // step by step, so that a day becomes its sums in parts
    for (let now = NOW + 89 * DAY_MS; now <= NOW + 94 * DAY_MS; now += DAY_MS / 4) {
      setNow(now);
      await store.purge();
      await store.purge();
      await expire();
      same(await store.tally({ since: null }), before);
      same(await store.tally({ since: NOW - DAY_MS }), before);
    }
  });

  it('counts only days of which nothing lies before the time that was asked for', async () => {
    const { store, setNow } = await start();
    await fill(store);
    setNow(NOW + 200 * DAY_MS);
    await store.purge();
    const photos = async (since: number) => (await store.tally({ since })).genres;
    expect(await photos(NOW)).toEqual({ ...NONE, jazz: 5, rock: 2 });
    expect(await photos(NOW + 1)).toEqual({ ...NONE, jazz: 2, rock: 1 });
    expect(await photos(NOW + DAY_MS)).toEqual({ ...NONE, jazz: 2, rock: 1 });
    expect(await photos(NOW + DAY_MS + 1)).toEqual(NONE);
  });

  it('knows for 90 days whose a prediction was, and where', async () => {
    const { store, setNow, expire, everything } = await start();
    await store.putPrediction(prediction('a'));
    const whose = [{ pseudonym: ANN.pseudonym }, { community: GROUP }];
    const jazz = (of: Omit<TallyOf, 'since'>) =>
      store.tally({ ...of, since: null }).then((it) => it.genres.jazz);
    setNow(NOW + 90 * DAY_MS);
    await store.purge();
    for (const of of whose) expect(await jazz(of)).toBe(1);
    setNow(NOW + 90 * DAY_MS + 1);
    for (const of of whose) expect(await jazz(of)).toBe(0);
    expect((await store.about(ANN)).predictions).toEqual([]);
    setNow(NOW + 98 * DAY_MS);
    await store.purge();
    await expire();
    const left = await everything();
    expect(left).not.toContain(ANN.pseudonym);
    expect(left).not.toContain(GROUP);
    expect(left).toContain('2030-01-01');
    expect(await jazz({})).toBe(1);
  });
}

/** Four photos on the first day and three on the next, from its first moment to its last; two were voted on. */
async function fill(store: Store): Promise<void> {
  const jazz = [0, DAY_MS / 3, DAY_MS - 1, DAY_MS, 2 * DAY_MS - 1];
  for (const [index, after] of jazz.entries()) {
    const modelVersion = `m${index % 2}`;
    await store.putPrediction(prediction(`jazz ${index}`, { at: NOW + after, modelVersion }));
  }
  for (const after of [DAY_MS - 2, DAY_MS + 1]) {
    const given = { at: NOW + after, genre: 'rock', confidence: 0.5, community: null } as const;
    await store.putPrediction(prediction(`rock ${after}`, given));
  }
  for (const [id, up] of [['jazz 1', true] as const, [`rock ${DAY_MS + 1}`, false] as const]) {
    await store.putResult(storedResult(id));
    await store.putVote({ ...VOTE, resultId: id, up });
  }
}

function same(tally: Tally, expected: Tally): void {
  expect({ ...tally, confidence: 0 }).toEqual({ ...expected, confidence: 0 });
  expect(tally.confidence).toBeCloseTo(expected.confidence, 9);
}
