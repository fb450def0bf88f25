import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type ArchiveScene, openArchiveScene } from './support/archive-program.ts';
import { startFakeImds } from './support/aws/fake-imds.ts';
import { fixture } from './support/discord-program.ts';
import type { Call } from './support/local-server/call-log.ts';
import type { RunningProgram } from './support/start-program.ts';

const TABLE = { STORE_TABLE: 'vibe-store' };
const WORDS = 'Why this photo';
const STANDS_BY = 'another instance holds the lease';
const LEADS = 'the lease is held';
const ofLease = ({ params }: Call) => JSON.stringify(params).includes('"LEASE"');

/** Which instance has written the lease. */
function writerOf(call: Call | undefined): unknown {
  const values = call?.params['ExpressionAttributeValues'] as Readonly<Record<string, unknown>> | undefined;
  return values?.[':holder'];
}

/** One that answers, and one with a folder of its own that stands by. */
async function openTwo(env: Readonly<Record<string, string>> = {}) {
  const scene = await openArchiveScene();
  await scene.aws.createTable(TABLE.STORE_TABLE);
  const first = await scene.start(TABLE);
  await first.printed(LEADS);
  const second = await scene.start({ ...TABLE, STATE_DIR: join(scene.stateFolder, 'second'), ...env });
  await second.printed(STANDS_BY);
  return { scene, first, second };
}

async function expectAnswer({ telegram, said }: ArchiveScene): Promise<void> {
  const user = telegram.user();
  telegram.sendPhoto(await fixture('coffee.jpg'), { from: user });
  await said(user.id, WORDS);
}

/** A photo that the program has begun to fetch, and cannot before it is let go. */
async function sendHeld({ telegram }: ArchiveScene): Promise<() => void> {
  const { length: after } = telegram.calls;
  const letGo = telegram.hold('getFile');
  telegram.sendPhoto(await fixture('coffee.jpg'), { from: telegram.user() });
  await telegram.waitForCall('getFile', { after, unanswered: true });
  return letGo;
}

async function healthOf({ port }: RunningProgram) {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
  return [answer.status, await answer.json()];
}

it('of two instances one answers; the other stands by, is well, and takes over when the first one stops', async () => {
  const { scene, first, second } = await openTwo();
  const leader = { ok: true, detail: 'standby' };
  expect(await healthOf(second)).toEqual([200, { status: 'ok', checks: { leader } }]);
  await expectAnswer(scene);
  const letGo = await sendHeld(scene);
  const { aws } = scene;
  const { length: after } = aws.calls;
  const stopped = first.stop('SIGTERM');
  await first.printed('stopping');
  // it still has something in hand: the lease is renewed until that is through
  const isWrite = (call: Call) => call.method === 'dynamodb:UpdateItem' && ofLease(call);
  const renewal = await aws.waitForCall(isWrite, { after });
  expect(writerOf(renewal)).toEqual(writerOf(aws.calls.find(isWrite)));
  letGo();
  expect(await stopped).toBe(0);
  await second.printed('Telegram is on');
  await expectAnswer(scene);
  const telegram = { ok: true, detail: 'running' };
  expect(await healthOf(second)).toEqual([200, { status: 'ok', checks: { telegram } }]);
  expect(await second.stop('SIGTERM')).toBe(0);
  expect(await aws.rows(TABLE.STORE_TABLE)).not.toContain('LEASE / LEADER');
});

it('an instance that stands by answers what it has accepted before, for nobody else has it', async () => {
  const scene = await openArchiveScene();
  const { telegram, aws, stateFolder, said, answers } = scene;
  await aws.createTable(TABLE.STORE_TABLE);
  const own = { ...TABLE, STATE_DIR: join(stateFolder, 'own') };
  const before = await scene.start(own);
  await before.printed('Telegram is on');
  const letGo = telegram.hold('getFile');
  const user = telegram.user();
  telegram.sendPhoto(await fixture('coffee.jpg'), { from: user });
  await telegram.waitForCall('getFile', { unanswered: true });
  await telegram.waitUntil(() => telegram.pendingUpdates().length === 0);
  await before.stop('SIGKILL');
  const leader = await scene.start(TABLE);
  await leader.printed(LEADS);
  const standby = await scene.start(own);
  await standby.printed(STANDS_BY);
  letGo();
  await said(user.id, WORDS);
  expect(answers(user.id)).toHaveLength(1);
  expect((await healthOf(standby))[1]).toMatchObject({ checks: { leader: { detail: 'standby' } } });
});

it('an instance that stands by takes over from one that is killed', async () => {
  const { scene, first, second } = await openTwo();
  await first.stop('SIGKILL');
  await second.printed('Telegram is on');
  await expectAnswer(scene);
});

it('an instance that stands by ends at once when it is told to stop, and at a notice of its own', async () => {
  const imds = await startFakeImds();
  onTestFinished(() => imds.close());
  const { scene, second } = await openTwo(imds.settings);
  const third = await scene.start({ ...TABLE, STATE_DIR: join(scene.stateFolder, 'third') });
  await third.printed(STANDS_BY);
  expect(await third.stop('SIGTERM')).toBe(0);
  imds.interrupt();
  expect(await second.ended).toBe(77);
  expect(await scene.aws.rows(TABLE.STORE_TABLE)).toContain('LEASE / LEADER');
  await expectAnswer(scene);
});

it('one that cannot renew its lease takes no more, finishes what it has and is to be started again', async () => {
  const scene = await openArchiveScene();
  const { telegram, aws, answers } = scene;
  await aws.createTable(TABLE.STORE_TABLE);
  const program = await scene.start(TABLE);
  await program.printed('Telegram is on');
  const letGo = telegram.hold('getFile');
  const user = telegram.user();
  telegram.sendPhoto(await fixture('coffee.jpg'), { from: user });
  await telegram.waitForCall('getFile', { unanswered: true });
  const down = aws.fail({ kind: 'drop', where: ofLease, times: Number.POSITIVE_INFINITY });
  await program.printed('the lease is lost');
  // it polls no more
  await telegram.waitForCall(({ method, params }) => method === 'getUpdates' && params['limit'] === 1);
  letGo();
  expect(await program.ended).toBe(78);
  expect(answers(user.id).map(({ text }) => text.includes(WORDS))).toEqual([true]);
  const waiting = await scene.start(TABLE);
  await waiting.printed('the lease cannot be had');
  expect((await healthOf(waiting))[0]).toBe(503);
  down.release();
  await waiting.printed('Telegram is on');
  await expectAnswer(scene);
});
