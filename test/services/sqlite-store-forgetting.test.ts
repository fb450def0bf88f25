import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keyOf } from '../../src/core/person.ts';
import { type OpenSqliteStore, openSqliteStore } from '../support/open-sqlite-store.ts';
import { ANN, BOB, DAY_MS, POSTED, prediction, VOTE } from '../support/store-contract-given.ts';
import { NOW, storedResult } from '../support/stored-result.ts';

const EVE = { ...ANN, id: '900100200300', pseudonym: 'eve-_0123456789abcdefghijklmnopq' };
const HERS = [EVE.id, EVE.pseudonym, 'her photo', 'her message', 'her words'];

/** What is hers in the bytes of the files. */
function tracesIn(folder: string): string[] {
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  return HERS.filter((trace) => bytes.some((text) => text.includes(trace)));
}

/** Every seventh of so many photos is hers; all vote on others' photos. */
async function fill({ store, database }: OpenSqliteStore, photos: number): Promise<void> {
  database.connection.exec('PRAGMA synchronous = OFF'); // the disk is waited for in other tests
  for (let index = 0; index < photos; index++) {
    const { platform, id: owner, pseudonym } = index % 7 === 0 ? EVE : { ...BOB, id: String(index % 50) };
    const whose = owner === EVE.id ? 'her' : 'his';
    const id = `${(index * 7919) % 10_007} ${index}`; // in no order, as ids are
    const at = NOW + index;
    const chat = { id: owner, shared: false, community: null };
    await store.putResult(storedResult(id, { platform, owner, chat, createdAt: at }));
    await store.putPrediction(prediction(id, { platform, pseudonym, at }));
    await store.setPosted(id, { ...POSTED, messageId: `${whose} message`, image: `${whose} photo` });
    const photo = `${whose} words `.repeat(20);
    await store.setExplanation(id, { photo, heatmap: '', altText: '', source: 'local' });
    const other = index - (index % 5);
    const resultId = `${(other * 7919) % 10_007} ${other}`;
    await store.putVote({ ...VOTE, resultId, voter: keyOf({ platform, id: owner }), at });
  }
  await store.setLanguage(keyOf(EVE), 'ar');
  await store.setChoice(keyOf(EVE), { keep: true, version: '1', at: NOW, resultId: null });
}

it('leaves nothing of a person in the bytes of its files', async () => {
  const opened = openSqliteStore();
  await fill(opened, 20);
  expect(tracesIn(opened.folder)).toEqual(HERS);
  await opened.store.forget(EVE);
  expect(tracesIn(opened.folder)).toEqual([]);
});

it('removes at the next purge what moving rows has left of a person', async () => {
  const opened = openSqliteStore();
  const { store, folder, everything } = opened;
  await fill(opened, 700);
  await store.forget(EVE);
  expect(tracesIn(folder)).not.toEqual([]); // else this test shows nothing
  const before = await everything();
  await store.purge();
  expect(tracesIn(folder)).toEqual([]);
  expect(await everything()).toBe(before);
});

it('writes its file anew only where somebody was forgotten', async () => {
  const { store, database, folder } = openSqliteStore();
  const size = () => readFileSync(join(folder, 'bot.sqlite')).length;
  for (let index = 0; index < 100; index++)
    await store.putResult(storedResult(`${index}`, { createdAt: NOW - 90 * DAY_MS }));
  await store.purge();
  const large = size();
  await store.purge();
  expect(size()).toBe(large);
  await store.forget(EVE);
  await store.purge();
  expect(size()).toBeLessThan(large);
  expect(database.connection.prepare('SELECT * FROM traces').all()).toEqual([]);
});

it("makes predictions a part of their days' sums at once or not at all", async () => {
  const { store, database, setNow, everything } = openSqliteStore();
  await store.putPrediction(prediction('a'));
  await store.putPrediction(prediction('b', { at: NOW + 1 }));
  setNow(NOW + 91 * DAY_MS);
  database.connection.exec(`
    CREATE TEMP TRIGGER dies BEFORE DELETE ON predictions WHEN old.id = 'b' BEGIN SELECT raise(ABORT, 'dies'); END`);
  const before = await everything();
  await expect(store.purge()).rejects.toThrow('dies');
  expect(await everything()).toBe(before);
  database.connection.exec('DROP TRIGGER dies');
  const tally = await store.tally({ since: null });
  await store.purge();
  await store.purge();
  expect(await store.tally({ since: null })).toEqual(tally);
  expect(database.connection.prepare('SELECT day, photos, confidence FROM daily_sums').all()).toEqual([
    { day: '2030-01-01', photos: 2, confidence: 1.5 },
  ]);
  expect(database.connection.prepare('SELECT * FROM predictions').all()).toEqual([]);
});
