import { describe, expect, it } from 'vitest';
import type { Interaction } from '../../support/discord/interact.ts';
import { fixture, isWhole, openDiscordScene, SIGNING_SECRET } from '../../support/discord-program.ts';
import { runProgram } from '../../support/run-program.ts';

const done = ({ answer }: Interaction) => answer !== undefined && isWhole(answer);
const isShown = ({ answer }: Interaction) => answer !== undefined && !answer.isLoading;

describe('a gateway that fails', () => {
  it('is resumed: what came as it dropped, or as it asked to reconnect, is answered once', async () => {
    const { fake, start } = await openDiscordScene();
    await start();
    const by = fake.user();
    fake.gateway.dropAt('INTERACTION_CREATE');
    const dropped = fake.slash('vibe', { image: { bytes: await fixture('cat.jpg') } }, { by });
    await fake.waitUntil(() => done(dropped));
    fake.gateway.reconnect();
    await fake.waitUntil(() => fake.gateway.notesOf('resume').length === 2);
    const asked = fake.slash('about', {}, { by });
    await fake.waitUntil(() => isShown(asked));
    expect(fake.gateway.notesOf('identify')).toHaveLength(1);
    expect(fake.callsOf('create_interaction_response')).toHaveLength(2);
    expect(fake.violations).toEqual([]);
  });

  it('is left when it acknowledges no heartbeat, and resumed', async () => {
    const { fake, start } = await openDiscordScene({ heartbeatInterval: 300 });
    const program = await start();
    const release = fake.gateway.withholdAcks();
    await fake.waitUntil(() => fake.gateway.notesOf('close').length > 0);
    release();
    await fake.waitUntil(() => fake.gateway.notesOf('resume').length > 0);
    const asked = fake.slash('help', {}, { by: fake.user() });
    await fake.waitUntil(() => isShown(asked));
    const health = await fetch(`http://127.0.0.1:${program.port}/healthz`);
    expect(await health.json()).toMatchObject({ checks: { discord: { ok: true } } });
  });

  it('begins anew after an invalid session', async () => {
    const { fake, start } = await openDiscordScene();
    await start();
    fake.gateway.invalidate();
    // discord.js lets five seconds pass between two identifications
    await fake.waitUntil(() => fake.gateway.notesOf('identify').length === 2, { timeoutMs: 20_000 });
    await fake.waitUntil(() => fake.gateway.sessions.some(({ isConnected }) => isConnected));
    const asked = fake.slash('help', {}, { by: fake.user() });
    await fake.waitUntil(() => isShown(asked));
  });
});

describe('a program that is killed', () => {
  it.each(['create_interaction_response', 'file', 'update_original_webhook_message'])(
    'answers once in its next run, killed at %s',
    async (method) => {
      const { fake, start } = await openDiscordScene();
      const program = await start();
      const { general } = fake.guild();
      const release = fake.hold(method);
      const image = { bytes: await fixture('coffee.jpg') };
      const asked = fake.slash('vibe', { image }, { by: fake.user(), channel: general });
      await fake.waitForCall(method, { unanswered: true });
      // what is acknowledged is written down by then
      if (method === 'create_interaction_response') {
        release();
        await fake.waitForCall(method);
      }
      await program.stop('SIGKILL');
      if (method !== 'create_interaction_response') release();
      await start();
      await fake.waitUntil(() => done(asked), { timeoutMs: 30_000 });
      const ofBot = fake.messagesIn(general).filter(({ fromBot, deleted }) => fromBot && !deleted);
      expect(ofBot).toHaveLength(1);
      expect(fake.violations).toEqual([]);
    },
  );

  it('finishes what it took in when it is only told to stop', async () => {
    const { fake, start } = await openDiscordScene();
    const program = await start();
    const release = fake.hold('file');
    const asked = fake.slash('vibe', { image: { bytes: await fixture('coffee.jpg') } }, { by: fake.user() });
    await fake.waitForCall('file', { unanswered: true });
    const stopped = program.stop('SIGTERM');
    await fake.waitUntil(() => fake.gateway.sessions.every(({ isConnected }) => !isConnected));
    release();
    expect(await stopped).toBe(0);
    expect(done(asked)).toBe(true);
  });
});

describe('a start that cannot be', () => {
  it('ends with one line when the token is refused, or taken back later', async () => {
    const { fake, settings, start } = await openDiscordScene();
    const refused = await runProgram(['serve'], {
      env: { ...settings, PORT: '0', DISCORD_TOKEN: `${'x'.repeat(24)}.abcdef.${'y'.repeat(30)}` },
    });
    expect({ code: refused.code, lines: refused.stderr.trim().split('\n') }).toEqual({
      code: 2,
      lines: [expect.stringContaining('DISCORD_TOKEN')],
    });
    const program = await start();
    fake.revokeToken();
    expect(await program.ended).toBe(2);
    expect(program.lines.at(-1)).toContain('DISCORD_TOKEN');
  });

  it('ends with one line when its intents are refused', async () => {
    const { fake, start } = await openDiscordScene();
    const program = await start();
    fake.gateway.closeWith(4014);
    expect(await program.ended).toBe(2);
    expect(program.lines.at(-1)).toContain('intents');
  });
});

it('ends with one line when there are too few shards', async () => {
  const { fake, start } = await openDiscordScene();
  const program = await start();
  fake.gateway.closeWith(4011);
  expect(await program.ended).toBe(2);
  expect(program.lines.at(-1)).toContain('DISCORD_SHARDS');
});

it('takes back that an answer comes where there will be none', async () => {
  const { fake, start } = await openDiscordScene();
  await start();
  const refused = { kind: 'refuse', status: 400, code: 50035, message: 'no', times: 9 } as const;
  fake.fail({ method: 'update_original_webhook_message', ...refused });
  const asked = fake.slash('about', {}, { by: fake.user() });
  await fake.waitForCall('delete_original_webhook_message');
  expect(asked.answer?.deleted).toBe(true);
});

describe('secrets', () => {
  it('reach no log line and no message, whatever fails', async () => {
    const { fake, start } = await openDiscordScene();
    const program = await start({ LOG_LEVEL: 'debug' });
    const { general } = fake.guild();
    const by = fake.user();
    const image = { bytes: await fixture('cat.jpg') };
    const html = { kind: 'answer', status: 502, contentType: 'text/html' } as const;
    const asked: Interaction[] = [];
    const vibe = async () => {
      const interaction = fake.slash('vibe', { image }, { by, channel: general });
      asked.push(interaction);
      await fake.waitUntil(() => done(interaction), { timeoutMs: 40_000 });
    };
    fake.fail({ method: 'create_interaction_response', kind: 'drop' });
    fake.fail({ method: 'file', kind: 'truncate', bytes: 100 });
    fake.fail({ method: 'file', ...html, body: `${SIGNING_SECRET} ${fake.token}` });
    fake.fail({ method: 'update_original_webhook_message', ...html, body: `${fake.token}` });
    fake.fail({ method: 'update_original_webhook_message', kind: 'drop-reply' });
    fake.fail({ method: 'update_original_webhook_message', kind: 'rate-limit', retryAfter: 0.2 });
    await vibe();
    const strange = { kind: 'refuse', status: 400, code: 50035, message: `${fake.token}` } as const;
    fake.fail({ method: 'update_original_webhook_message', ...strange });
    const broken = fake.slash('vibe', { image }, { by, channel: general });
    asked.push(broken);
    await fake.waitUntil(() => broken.answer?.text.startsWith('Sorry'));
    const late = fake.slash('about', {}, { by, channel: general, deadlineMs: -1 });
    asked.push(late);
    await program.printed('could not be acknowledged');
    await program.stop('SIGTERM');
    const secrets = [fake.token, SIGNING_SECRET, ...asked.map(({ token }) => token)];
    const said = fake.messagesIn(general).map(({ text }) => text);
    for (const line of [...program.lines, ...said]) {
      for (const secret of secrets) expect(line).not.toContain(secret);
    }
  });
});
