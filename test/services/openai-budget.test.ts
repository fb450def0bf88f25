import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { microsOf } from '../../src/services/openai-price.ts';
import { openWords } from '../support/openai-words.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Of an answer with the usage that the server tells: gpt-4o's 900 tokens in, 200 out. */
const COST = (900 * 2.5 + 200 * 10) / 1e6;

it('costs what the tokens that were used cost, and says so', async () => {
  const { explain, ledger, counted, levels } = await openWords();
  await explain();
  expect(ledger.left()).toBeCloseTo(1 - COST, 6);
  expect(levels.get('words_budget_left_dollars')).toBeCloseTo(1 - COST, 6);
  expect(counted).toContainEqual({ name: 'words_dollars', model: 'gpt-4o', amount: COST });
});

it('reserves before the call the most that it may cost', async () => {
  const { explain, fake, ledger } = await openWords();
  const held = fake.fail({ kind: 'stall' });
  const words = explain();
  await fake.waitForCall('words', { unanswered: true });
  const reserved = 1 - ledger.left();
  expect(reserved).toBeGreaterThan(5 * COST);
  expect(reserved).toBeLessThan(0.05);
  held.release();
  await words;
  expect(ledger.left()).toBeCloseTo(1 - COST, 6);
});

it('counts the most where no usage is told', async () => {
  const { explain, fake, ledger } = await openWords();
  fake.fail({ kind: 'answer', status: 200, body: '{"choices":[]}', contentType: 'application/json' });
  await explain();
  expect(1 - ledger.left()).toBeGreaterThan(5 * COST);
});

it('has local words from when the budget is used up until the next day', async () => {
  const { explain, fake, reasons, time } = await openWords({ dailyBudgetUsd: 0.05 });
  let asked = 0;
  while (reasons().at(-1) !== 'local budget') expect(await explain({ sha256: `${asked++}` })).toBeDefined();
  expect(fake.calls.length).toBeGreaterThan(1);
  expect(fake.calls.length * COST).toBeLessThanOrEqual(0.05);
  const calls = fake.calls.length;
  // nobody is to fetch pictures for it
  const previews = async () => Promise.reject(new Error('asked for'));
  expect(await explain({ sha256: 'x', previews })).toMatchObject({ source: 'local', standIn: true });
  expect(reasons().at(-1)).toBe('local budget');
  expect(fake.calls).toHaveLength(calls);
  time.now += DAY_MS;
  expect(await explain({ sha256: 'x' })).toMatchObject({ source: 'openai' });
});

it('never spends more than the budget, however many ask at once', async () => {
  const { explain, fake, ledger } = await openWords({ dailyBudgetUsd: 0.2, dailyCalls: 1000 });
  await Promise.all(Array.from({ length: 60 }, (_, at) => explain({ sha256: `${at}` })));
  expect(fake.calls.length * COST).toBeLessThanOrEqual(0.2);
  expect(ledger.left()).toBeGreaterThanOrEqual(0);
});

it('spends nothing with a budget of nothing', async () => {
  const { explain, fake, reasons } = await openWords({ dailyBudgetUsd: 0 });
  expect(await explain()).toMatchObject({ source: 'local', standIn: true });
  expect(fake.calls).toEqual([]);
  expect(reasons()).toEqual(['local budget']);
});

it('counts each asker’s calls of a day, and nobody’s where none is known', async () => {
  const { explain, reasons, time } = await openWords({ dailyCalls: 2 });
  const ask = async (asker: string | null, sha256: string) => {
    await explain({ asker, sha256 });
    return reasons().at(-1);
  };
  for (const sha256 of ['a', 'b']) expect(await ask('telegram:user:1', sha256)).toBe('openai answered');
  expect(await ask('telegram:user:1', 'c')).toBe('local allowance');
  expect(await ask('telegram:user:1', 'a')).toBe('openai cached');
  expect(await ask('telegram:user:2', 'c')).toBe('openai answered');
  for (const sha256 of ['d', 'e', 'f']) expect(await ask(null, sha256)).toBe('openai answered');
  time.now += DAY_MS;
  expect(await ask('telegram:user:1', 'g')).toBe('openai answered');
});

it('counts nothing against an asker that has cost nothing', async () => {
  const { explain, fake, reasons } = await openWords({ dailyCalls: 1 });
  fake.fail({ kind: 'answer', status: 503, body: 'down', times: 2 });
  await explain({ sha256: 'a' });
  await explain({ sha256: 'b' });
  expect(reasons()).toEqual(['local http 503', 'openai answered']);
});

it('remembers after a restart what was spent and said', async () => {
  const first = await openWords();
  const words = await first.explain();
  first.database.close();
  const { explain, ledger, fake } = await openWords({ fake: first.fake, folder: first.folder });
  expect(ledger.left()).toBeCloseTo(1 - COST, 6);
  expect(await explain()).toEqual(words);
  expect(fake.calls).toHaveLength(1);
});

it('remembers what a program that was killed may have spent', async () => {
  const { fake, folder, ledger, request } = await openWords();
  fake.fail({ kind: 'stall' });
  const program = new URL('../support/spend-and-hang.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, folder, fake.url, fake.key], { stdio: 'inherit' });
  await fake.waitForCall(() => true, { unanswered: true });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const spent = 1 - ledger.left();
  expect(spent).toBeGreaterThan(5 * COST);
  expect(request().asker).toBe('telegram:user:1');
});

it('has local words while the disk cannot be written', async () => {
  const { explain, fake, database, reasons, lines } = await openWords();
  database.connection.exec('DROP TABLE spending');
  expect(await explain()).toMatchObject({ source: 'local', standIn: true });
  expect(fake.calls).toEqual([]);
  expect(reasons()).toEqual(['local disk']);
  expect(lines).toMatchObject([{ level: 'error' }]);
  database.connection.exec('DROP TABLE words');
  expect(await explain()).toMatchObject({ source: 'local', standIn: true });
  expect(reasons()).toEqual(['local disk', 'local disk']);
});

it.each([
  ['gpt-4o', 250 + 1000],
  ['gpt-4o-2024-11-20', 250 + 1000],
  ['gpt-4o-2024-05-13', 500 + 1500],
  ['gpt-5.4-mini-2026-03-17', 75 + 450],
  ['some-other-model', 3000 + 18_000],
])('knows what %s costs', (model, micros) => {
  expect(microsOf(model, { input: 100, output: 100 })).toBe(micros);
});
