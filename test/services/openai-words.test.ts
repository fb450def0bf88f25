import { expect, it, onTestFinished, vi } from 'vitest';
import { OpenaiRefusal } from '../support/openai/openai-refusal.ts';
import { openWords } from '../support/openai-words.ts';

const HOUR_MS = 60 * 60_000;

it('skips a model that is gone, for an hour, and says so once', async () => {
  const { explain, fake, lines, time } = await openWords({ models: ['gpt-4o', 'gpt-5.4'] });
  fake.gone.add('gpt-4o');
  for (const sha256 of ['a', 'b']) expect(await explain({ sha256 })).toMatchObject({ source: 'openai' });
  const models = () => fake.calls.map(({ request }) => request?.model);
  expect(models()).toEqual(['gpt-4o', 'gpt-5.4', 'gpt-5.4']);
  expect(lines).toMatchObject([{ level: 'warn', details: { model: 'gpt-4o' } }]);
  time.now += HOUR_MS + 1;
  await explain({ sha256: 'c' });
  expect(models().slice(3)).toEqual(['gpt-4o', 'gpt-5.4']);
});

it('has local words when all models are gone', async () => {
  const { explain, fake, reasons } = await openWords({ models: ['gpt-4o'] });
  fake.gone.add('gpt-4o');
  expect(await explain()).toMatchObject({ source: 'local', standIn: true });
  const previews = async () => Promise.reject(new Error('asked for'));
  expect(await explain({ previews })).toMatchObject({ source: 'local', standIn: true });
  expect(fake.calls).toHaveLength(1);
  expect(reasons()).toEqual(['local no model', 'local no model']);
});

it('goes on with another key where there is one', async () => {
  const { explain, fake, secret, expectNoKey } = await openWords();
  secret.next = 'sk-proj-TheNextKeyForTests0123456789';
  fake.key = secret.next;
  expect(await explain()).toMatchObject({ source: 'openai' });
  expect(secret.refreshes).toBe(1);
  expectNoKey();
  secret.next = null;
  fake.fail({ kind: 'refuse', refusal: OpenaiRefusal.forbidden() });
  expect(await explain({ sha256: 'b' })).toMatchObject({ source: 'local', standIn: true });
});

it('takes a model that the key may not use for one that is gone, not the key for a wrong one', async () => {
  const { explain, fake, secret } = await openWords({ models: ['gpt-4o', 'gpt-5.4'] });
  const body = {
    message: 'Project `p` does not have access to model `gpt-4o`.',
    type: 'invalid_request_error',
  };
  fake.fail({ kind: 'refuse', refusal: new OpenaiRefusal(403, { ...body, code: 'model_not_found' }) });
  expect(await explain()).toMatchObject({ source: 'openai' });
  expect(fake.calls.map(({ request }) => request?.model)).toEqual(['gpt-4o', 'gpt-5.4']);
  expect(secret.refreshes).toBe(0);
});

it('waits for another key no longer than for words', async () => {
  const { explain, fake, secret, reasons } = await openWords({ limitMs: 900 });
  secret.refreshing = new Promise(() => {});
  fake.fail({ kind: 'refuse', refusal: OpenaiRefusal.keyInvalid('sk-proj-x') });
  expect(await explain()).toMatchObject({ source: 'local', standIn: true });
  expect(reasons()).toEqual(['local timed out']);
});

it('sends no setting of the library’s own that this machine’s environment holds', async () => {
  vi.stubEnv('OPENAI_ORG_ID', 'org-of-somebody');
  vi.stubEnv('OPENAI_PROJECT_ID', 'proj-of-somebody');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { explain, fake } = await openWords();
  await explain();
  expect(JSON.stringify(fake.calls[0]?.headers)).not.toContain('of-somebody');
});

it('leaves a service alone that fails again and again, and tries it once after a rest', async () => {
  const { explain, fake, reasons } = await openWords({ restMs: 50 });
  const down = fake.fail({
    kind: 'refuse',
    refusal: OpenaiRefusal.serverError(),
    times: Number.POSITIVE_INFINITY,
  });
  for (let at = 0; at < 6; at++) await explain({ sha256: `${at}` });
  expect(fake.calls).toHaveLength(10);
  expect(reasons().slice(-2)).toEqual(['local http 500', 'local resting']);
  down.release();
  await expect.poll(async () => (await explain({ sha256: 'later' })).source).toBe('openai');
  expect(await explain({ sha256: 'and then' })).toMatchObject({ source: 'openai' });
});

it('keeps nobody waiting for the one try after a rest', async () => {
  const { explain, fake, reasons, ledger } = await openWords({ restMs: 50 });
  const down = fake.fail({
    kind: 'refuse',
    refusal: OpenaiRefusal.serverError(),
    times: Number.POSITIVE_INFINITY,
  });
  for (let at = 0; at < 5; at++) await explain({ sha256: `${at}` });
  down.release();
  const held = fake.fail({ kind: 'stall' });
  const calls = fake.calls.length;
  let trial: Promise<unknown> = Promise.resolve();
  await expect
    .poll(async () => {
      await trial;
      trial = explain({ sha256: 'trial' });
      await Promise.race([
        trial,
        fake.waitForCall(() => fake.calls.length > calls, { unanswered: true, after: calls }),
      ]);
      return fake.calls.length;
    })
    .toBe(calls + 1);
  const before = ledger.left();
  expect(await explain({ sha256: 'other' })).toMatchObject({ source: 'local', standIn: true });
  expect(reasons().at(-1)).toBe('local resting');
  expect(ledger.left()).toBe(before);
  held.release();
  expect(await trial).toMatchObject({ source: 'openai' });
});
