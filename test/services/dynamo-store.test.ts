import { expect, it } from 'vitest';
import { openDynamoStore } from '../support/dynamo-open-store.ts';
import { storeContract } from '../support/store-contract.ts';
import { storedResult } from '../support/stored-result.ts';

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
