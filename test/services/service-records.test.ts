import { expect, it } from 'vitest';
import { openWords } from '../support/openai-words.ts';
import { photoRequest, START, startInbox } from '../support/start-inbox.ts';

const [ONE, OTHER] = ['1'.repeat(64), '2'.repeat(64)] as const;

it('words are told of and forgotten by their photo', async () => {
  const { explain, cache, fake } = await openWords();
  const words = await explain({ sha256: ONE });
  await explain({ sha256: OTHER });
  expect(cache.about([ONE])).toEqual([words]);
  expect(cache.about([ONE, OTHER, '3'.repeat(64)])).toHaveLength(2);
  cache.forget([ONE]);
  expect(cache.about([ONE])).toEqual([]);
  expect(cache.about([OTHER])).toHaveLength(1);
  const before = fake.calls.length;
  await explain({ sha256: OTHER });
  expect(fake.calls).toHaveLength(before);
  await explain({ sha256: ONE });
  expect(fake.calls).toHaveLength(before + 1);
});

it('calls are told of, and nobody’s any more when who they were for is forgotten: what they cost stays', async () => {
  const { explain, ledger, database } = await openWords();
  await explain({ sha256: ONE });
  await explain({ sha256: OTHER, asker: 'telegram:user:2' });
  expect(ledger.calls('telegram:user:1')).toBe(1);
  const left = ledger.left();
  ledger.forget('telegram:user:1');
  expect(ledger.calls('telegram:user:1')).toBe(0);
  expect(ledger.calls('telegram:user:2')).toBe(1);
  expect(ledger.left()).toBe(left);
  const askers = database.connection.prepare('SELECT asker FROM spending ORDER BY id').all();
  expect(askers).toEqual([{ asker: null }, { asker: 'telegram:user:2' }]);
});

it('requests in hand are told of to who made them, until they are finished', async () => {
  const { inbox, accept, clock } = startInbox();
  await accept('ann', 'first');
  await accept('ben', 'second');
  await accept('ann', 'later', { notBefore: START + 5000 });
  const job = await inbox.take('photo', 1);
  const requestsOf = (id: string) => inbox.requestsOf(`telegram:user:${id}`);
  expect(await requestsOf('ann')).toEqual([photoRequest('ann', 'first'), photoRequest('ann', 'later')]);
  expect(await requestsOf('cleo')).toEqual([]);
  await inbox.done(job?.id ?? 0);
  clock.now += 1;
  expect(await requestsOf('ann')).toEqual([photoRequest('ann', 'later')]);
});
