import { expect, it, onTestFinished } from 'vitest';
import { type ArchiveScene, openArchiveScene } from './support/archive-program.ts';
import { type FakeImds, startFakeImds } from './support/aws/fake-imds.ts';
import { fixture } from './support/discord-program.ts';
import { runProgram } from './support/run-program.ts';

const SEEN = 'EC2 takes this instance away';
const WORDS = 'Why this photo';

async function openImds(): Promise<FakeImds> {
  const imds = await startFakeImds();
  onTestFinished(() => imds.close());
  return imds;
}

/** Somebody whose photo the program has begun to fetch, and cannot before it is let go. */
async function sendHeld({ telegram }: ArchiveScene) {
  const letGo = telegram.hold('getFile');
  const user = telegram.user();
  telegram.sendPhoto(await fixture('coffee.jpg'), { from: user });
  await telegram.waitForCall('getFile', { unanswered: true });
  return { user, letGo };
}

it.each(['rebalance', 'interruption'] as const)(
  'at a notice (%s) it takes no more, finishes what it has and is not to be started there again',
  async (kind) => {
    const scene = await openArchiveScene();
    const { telegram, answers } = scene;
    const imds = await openImds();
    const program = await scene.start(imds.settings);
    const { user, letGo } = await sendHeld(scene);
    if (kind === 'rebalance') imds.recommendRebalance();
    else imds.interrupt();
    expect(await program.printed(SEEN)).toContain(`"notice":"${kind}"`);
    await telegram.waitForCall(({ method, params }) => method === 'getUpdates' && params['limit'] === 1);
    const later = telegram.sendText('/help', { from: user });
    program.child.kill('SIGTERM'); // so does EC2 when it takes it: that is no reason to be any quicker
    letGo();
    expect(await program.ended).toBe(77);
    expect(answers(user.id).map(({ text }) => text.includes(WORDS))).toEqual([true]);
    expect(telegram.pendingUpdates().map(({ update_id: id }) => id)).toEqual([later.update_id]);
  },
);

it('ends for a notice that is there before it has started', async () => {
  const { telegram, stateFolder } = await openArchiveScene();
  const imds = await openImds();
  imds.interrupt();
  const settings = { TELEGRAM_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.url };
  const env = { ...settings, ...imds.settings, STATE_DIR: stateFolder, PORT: '0' };
  const { code, stdout, stderr } = await runProgram(['serve'], { env });
  expect([code, stderr]).toEqual([77, '']);
  expect(stdout).toContain(SEEN);
  expect(telegram.pendingUpdates()).toEqual([]);
});

it('asks nobody where that is switched off', async () => {
  const { start, said, telegram } = await openArchiveScene();
  const imds = await openImds();
  const program = await start({ ...imds.settings, AWS_EC2_METADATA_DISABLED: 'true' });
  const user = telegram.user();
  telegram.sendPhoto(await fixture('coffee.jpg'), { from: user });
  await said(user.id, WORDS);
  expect(await program.stop('SIGTERM')).toBe(0);
  expect(imds.calls).toEqual([]);
});
