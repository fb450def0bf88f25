import { expect, it } from 'vitest';
import { keyOf, type Person } from '../../src/core/person.ts';
import type { Store } from '../../src/core/store.ts';
import { openDynamoStore } from '../support/dynamo-open-store.ts';
import { ANN, BOB, DAY_MS, prediction, VOTE } from '../support/store-contract-given.ts';
import { NOW, storedResult } from '../support/stored-result.ts';

/** A result of theirs and its prediction, and a vote on another's. */
async function fill(store: Store, id: string, { person, votesOn }: { person: Person; votesOn: string }) {
  const { platform, id: owner, pseudonym } = person;
  await store.putResult(storedResult(id, { platform, owner }));
  await store.putPrediction(prediction(id, { platform, pseudonym }));
  await store.putVote({ ...VOTE, resultId: votesOn, voter: keyOf(person) });
}

it.each([30.5, 31.5, 36.5, 37.5, 38.5, 90.5, 96.5, 97.5])(
  'finds all of a person when DynamoDB deletes first what leads to it, after %d days',
  async (days) => {
    const { store, setNow, expireLeadsFirst, everything } = await openDynamoStore();
    await store.putResult(storedResult('c', { owner: '1003' }));
    await fill(store, 'a', { person: ANN, votesOn: 'c' });
    await fill(store, 'b', { person: BOB, votesOn: 'c' });
    setNow(NOW + days * DAY_MS);
    await expireLeadsFirst();
    await store.forget(ANN);
    for (const trace of [ANN.pseudonym, keyOf(ANN), 'result#a']) {
      expect(await everything()).not.toContain(trace);
    }
    await store.forget(BOB);
    expect(await everything()).not.toMatch(/1001|bob-/);
  },
);

it('finds a prediction that was only begun when DynamoDB deletes first what leads to it', async () => {
  const { store, server, setNow, expireLeadsFirst, everything } = await openDynamoStore();
  const fault = server.fail({ kind: 'refuse', code: 'AccessDeniedException', method: 'BatchWriteItem' });
  await expect(store.putPrediction(prediction('a'))).rejects.toThrow('AWS does not allow it');
  expect(fault.left).toBe(0);
  setNow(NOW + 90.5 * DAY_MS);
  await expireLeadsFirst();
  expect(await everything()).toContain(ANN.pseudonym);
  await store.forget(ANN);
  expect(await everything()).toBe('');
});
