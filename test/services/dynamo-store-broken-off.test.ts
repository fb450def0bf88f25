import { expect, it, vi } from 'vitest';
import { keyOf, type Person } from '../../src/core/person.ts';
import type { Store } from '../../src/core/store.ts';
import { type OpenDynamoStore, openDynamoStore } from '../support/dynamo-open-store.ts';
import type { Call } from '../support/local-server/call-log.ts';
import { ANN, BOB, DAY_MS, POSTED, prediction, VOTE } from '../support/store-contract-given.ts';
import { NOW, storedResult } from '../support/stored-result.ts';

// hundreds of calls to a server that shares the machine with two more test files
vi.setConfig({ testTimeout: 240_000 });

const GROUP = 'telegram:chat:-7';
const VOTED = { ...VOTE, resultId: 'b2', voter: keyOf(ANN), at: NOW + 5 };

type Operation = (store: Store) => Promise<void>;

/** Of both, two results with predictions, one of them voted on by both. */
async function fill(store: Store): Promise<void> {
  const put = async (id: string, { platform, id: owner, pseudonym }: Person) => {
    await store.putResult(storedResult(id, { platform, owner, posted: POSTED }));
    await store.putPrediction(prediction(id, { platform, pseudonym }));
  };
  const vote = async (resultId: string, at: number) => {
    await store.putVote({ ...VOTE, resultId, voter: keyOf(BOB), up: true, at });
    await store.putVote({ ...VOTE, resultId, voter: keyOf(ANN), up: false, at: at + 1 });
  };
  const languages = [ANN, BOB].map((person) => store.setLanguage(keyOf(person), 'ar'));
  await Promise.all([...languages, put('a1', ANN), put('a2', ANN), put('b1', BOB), put('b2', BOB)]);
  await Promise.all([vote('a1', NOW), vote('b1', NOW + 2)]);
}

/** All that can be seen of it from outside. */
async function seen(store: Store): Promise<unknown> {
  const ofs = [{}, { community: GROUP }, { pseudonym: ANN.pseudonym }, { pseudonym: BOB.pseudonym }];
  const tallies = await Promise.all(ofs.map((of) => store.tally({ ...of, since: null })));
  const latest = await Promise.all(
    [ANN, BOB].map(({ platform, id }) => store.latestResults(platform, id, 9)),
  );
  return [tallies, latest, await store.about(ANN), await store.about(BOB)];
}

/** Does `operation` up to its n-th call, from which on everything goes wrong. Says whether there was such a call. */
async function breakOff(
  { server, store }: OpenDynamoStore,
  operation: Operation,
  n: number,
): Promise<boolean> {
  const from = server.calls.length + n;
  const where = ({ index }: Call) => index >= from;
  const times = Number.POSITIVE_INFINITY;
  const fault = server.fail({ kind: 'refuse', code: 'AccessDeniedException', times, where });
  const broke = await operation(store).then(
    () => false,
    () => true,
  );
  expect(broke).toBe(fault.met.length > 0);
  fault.release();
  return broke;
}

const OPERATIONS: readonly (readonly [string, Operation])[] = [
  ['putResult', (store) => store.putResult(storedResult('c', { posted: POSTED }))],
  ['putResult again', (store) => store.putResult(storedResult('a1', { posted: POSTED, createdAt: NOW + 1 }))],
  ['putVote', (store) => store.putVote(VOTED)],
  ['putVote again', (store) => store.putVote({ ...VOTED, resultId: 'b1' })],
  ['putPrediction', (store) => store.putPrediction(prediction('c'))],
  ['putPrediction again', (store) => store.putPrediction(prediction('a1', { at: NOW + 1, genre: 'pop' }))],
  ['forget', (store) => store.forget(ANN)],
];

it.each(OPERATIONS)(
  'ends as it should when it is done again after breaking off anywhere: %s',
  async (_, operation) => {
    const opened = await openDynamoStore();
    const { store, items } = opened;
    await fill(store);
    await operation(store);
    const whole = await seen(store);
    for (let n = 0, broke = true; broke; n++) {
      await Promise.all([store.forget(ANN), store.forget(BOB)]);
      expect(await items()).toEqual([]); // whatever was left of the time before
      await fill(store);
      broke = await breakOff(opened, operation, n);
      if (broke) await operation(store);
      expect(await seen(store)).toEqual(whole);
    }
  },
);

it.each(OPERATIONS.slice(0, -1))(
  'leaves nothing that forgetting does not find wherever it breaks off: %s',
  async (_, operation) => {
    const opened = await openDynamoStore();
    const { store, items, everything } = opened;
    for (let n = 0, broke = true; broke; n++) {
      await fill(store);
      broke = await breakOff(opened, operation, n);
      const { votes, ...bobs } = await store.about(BOB);
      await store.forget(ANN);
      const left = votes.filter(({ resultId }) => resultId.startsWith('b'));
      expect(await store.about(BOB)).toEqual({ ...bobs, votes: left });
      for (const trace of [ANN.pseudonym, keyOf(ANN)]) expect(await everything()).not.toContain(trace);
      await store.forget(BOB);
      expect(await items()).toEqual([]);
    }
  },
);

it.each(OPERATIONS)(
  'comes to no harm by calls that are done twice, as their answers were lost: %s',
  async (_, operation) => {
    const opened = await openDynamoStore();
    const { store, server, everything } = opened;
    await fill(store);
    await operation(store);
    const whole = await everything();
    await Promise.all([store.forget(ANN), store.forget(BOB)]);
    await fill(store);
    const known = new Set<string>();
    const isNew = ({ params }: Call) => known.size < known.add(JSON.stringify(params)).size;
    const fault = server.fail({ kind: 'drop-reply', times: Number.POSITIVE_INFINITY, where: isNew });
    await operation(store);
    fault.release();
    expect(fault.met.length).toBeGreaterThan(1);
    expect(await everything()).toBe(whole);
  },
);

it('counts nothing of a person who is being forgotten once their photos count no more', async () => {
  const opened = await openDynamoStore();
  const { store } = opened;
  const ofs = [{}, { community: GROUP }, { pseudonym: ANN.pseudonym }];
  for (let n = 0, broke = true; broke; n++) {
    await fill(store);
    broke = await breakOff(opened, (each) => each.forget(ANN), n);
    const tallies = await Promise.all(ofs.map((of) => store.tally({ ...of, since: null })));
    const [all = 0, group = 0, anns = 0] = tallies.map(({ genres }) => genres.jazz);
    expect([all - 2, group - 2]).toEqual([anns, anns]);
    await Promise.all([store.forget(ANN), store.forget(BOB)]);
  }
});

it('counts every prediction once while days become their sums, wherever that breaks off', async () => {
  for (let n = 0, broke = true; broke; n++) {
    const opened = await openDynamoStore();
    const { store, setNow, items } = opened;
    await fill(store);
    const put = (index: number) =>
      store.putPrediction(prediction(`${index}`, { at: NOW + (index * DAY_MS) / 26, confidence: 0.5 }));
    await Promise.all(Array.from({ length: 30 }, (_, index) => put(index)));
    const before = await store.tally({ since: null });
    setNow(NOW + 100 * DAY_MS);
    broke = await breakOff(opened, (each) => each.purge(), n);
    expect(await store.tally({ since: null })).toEqual(before);
    await store.purge();
    expect(await store.tally({ since: null })).toEqual(before);
    const left = await items();
    expect(left.filter(({ pk }) => pk === 'predictions')).toEqual([]);
    expect(left.filter(({ pk }) => pk === 'sums')).toHaveLength(2);
  }
});
