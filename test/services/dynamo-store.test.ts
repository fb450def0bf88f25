import { expect, it, vi } from 'vitest';
import { keyOf } from '../../src/core/person.ts';
import { openDynamoStore } from '../support/dynamo-open-store.ts';
import { storeContract } from '../support/store-contract.ts';
import { ANN, POSTED, prediction, VOTE } from '../support/store-contract-given.ts';
import { storedResult } from '../support/stored-result.ts';

// hundreds of calls to a server that shares the machine with two more test files
vi.setConfig({ testTimeout: 240_000 });

storeContract('DynamoDB', () => openDynamoStore());

it('takes an album of ten pictures', async () => {
  const { store } = await openDynamoStore();
  const [picture] = storedResult('a').pictures;
  const heat = Buffer.alloc(100, 7).toString('base64');
  const map = { width: 10, height: 10, heat };
  const maps = { classical: map, electronic: map, jazz: map, pop: map, rock: map };
  const pictures = picture ? Array.from({ length: 10 }, () => ({ ...picture, maps })) : [];
  await store.putResult(storedResult('a', { pictures }));
  expect((await store.result('a'))?.pictures).toEqual(pictures);
});

it('reads what was last written, and never what was before', async () => {
  const { store, server } = await openDynamoStore();
  await store.putResult(storedResult('a', { posted: POSTED }));
  await store.putPrediction(prediction('a'));
  await store.putVote({ ...VOTE, voter: keyOf(ANN) });
  await Promise.all([store.about(ANN), store.result('a'), store.latestResults('telegram', '1001', 1)]);
  await Promise.all([store.tally({ since: null }), store.purge()]);
  await store.forget(ANN);
  const inputsOf = (method: string) =>
    server.calls.filter((call) => call.method === method).map(({ params }) => params);
  const batches = inputsOf('BatchGetItem').flatMap((params) => Object.values(Object(params['RequestItems'])));
  for (const reads of [inputsOf('GetItem'), inputsOf('Query'), batches]) {
    expect(reads).not.toEqual([]);
    for (const read of reads) expect(read).toMatchObject({ ConsistentRead: true });
  }
});
