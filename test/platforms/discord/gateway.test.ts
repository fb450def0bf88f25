import { describe, expect, it } from 'vitest';
import { GatewayClosedError } from '../../../src/platforms/discord/close-error.ts';
import { IntentsRefusedError } from '../../../src/platforms/discord/intents-refused-error.ts';
import { TokenRefusedError } from '../../../src/platforms/token-refused-error.ts';
import { openGateway, type Raw } from '../../support/discord-gateway.ts';
import { recordSleep } from '../../support/platform-recorders.ts';

const FOREVER = new Promise<void>(() => {});
/** Lets the second shard wait for ever. */
const FIRST_ONLY = { waitForIdentify: async (shard: number) => (shard === 0 ? undefined : FOREVER) };

describe('what comes', () => {
  it('is interactions and messages, from servers and from people, as Discord told them', async () => {
    const { fake, gateway, interactions, messages, came, log } = await openGateway();
    const guild = fake.guild();
    const by = fake.user();
    expect(await gateway.start()).toMatchObject({ id: fake.bot.id, username: fake.bot.username });
    const slash = fake.slash('vibe', { genre: 'jazz' }, { by, channel: guild.general });
    const direct = fake.slash('why', {}, { by });
    const mention = fake.sendText(`<@${fake.bot.id}> this`, { from: by, channel: guild.general });
    const picture = fake.sendFiles([{ bytes: new Uint8Array([1]) }], { from: by }, 'look');
    await came(4);
    expect(interactions).toEqual([slash.raw, direct.raw]);
    expect(messages).toMatchObject([
      { id: mention.id, content: mention.content, guild_id: guild.id },
      { id: picture.id, content: 'look', attachments: [{ filename: 'photo.jpg' }] },
    ]);
    expect(messages[1]).not.toHaveProperty('guild_id');
    expect(fake.gateway.notesOf('identify')).toMatchObject([{ data: { intents: 1 + 512 + 4096 } }]);
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'the gateway is connected',
        details: { bot: fake.bot.username, shards: 1 },
      },
    ]);
  });

  it('comes on, whatever becomes of it', async () => {
    const onInteraction = () => {
      throw new Error('a bug');
    };
    const { promise: came, resolve } = Promise.withResolvers<void>();
    const onMessage = async (raw: unknown) => {
      if ((raw as Raw)['content'] === 'two') resolve();
      throw new Error('another');
    };
    const { fake, gateway, log } = await openGateway({ onInteraction, onMessage });
    await gateway.start();
    const by = fake.user();
    fake.slash('vibe', {}, { by });
    fake.sendText('one', { from: by });
    expect(await log.written('passed over')).toMatchObject({
      level: 'error',
      details: { event: 'INTERACTION_CREATE', error: { message: 'a bug' } },
    });
    fake.sendText('two', { from: by });
    await came;
    expect(log.lines).toContainEqual({
      level: 'error',
      message: 'an event was passed over',
      details: { event: 'MESSAGE_CREATE', error: new Error('another') },
    });
    expect(gateway.health().ok).toBe(true);
  });

  it('may have a shape that discord.js does not know', async () => {
    const { fake, gateway, interactions, came } = await openGateway();
    await gateway.start();
    fake.dispatch('INTERACTION_CREATE', { type: 2, data: null });
    fake.dispatch('GUILD_CREATE', {});
    fake.dispatch('THREAD_MEMBERS_UPDATE', { added_members: 7 });
    fake.dispatch('INTERACTION_CREATE', { type: 99 });
    await came(2);
    expect(interactions).toEqual([{ type: 2, data: null }, { type: 99 }]);
  });
});

describe('the start', () => {
  it('fails for good with a token that Discord does not know', async () => {
    const { gateway, fake } = await openGateway({ token: 'wrong.wrong.wrong' });
    await expect(gateway.start()).rejects.toThrow(TokenRefusedError);
    expect(fake.callsOf('get_bot_gateway')).toHaveLength(1);
    expect(gateway.health()).toMatchObject({ ok: false, detail: 'not connected yet' });
  });

  it('fails for good where the token is taken back before it is used on the gateway', async () => {
    const { gateway, fake } = await openGateway({
      identifyThrottler: { waitForIdentify: async () => fake.revokeToken() },
    });
    await expect(gateway.start()).rejects.toThrow(TokenRefusedError);
    expect(fake.gateway.notesOf('identify')).toHaveLength(1);
  });

  it.each([
    [4010, GatewayClosedError],
    [4013, IntentsRefusedError],
    [4014, IntentsRefusedError],
  ])('fails for good where the gateway closes with %i before all is connected', async (code, kind) => {
    const { gateway, fake, log } = await openGateway({ identifyThrottler: FIRST_ONLY }, { shards: 2 });
    const started = gateway.start();
    started.catch(() => {});
    await fake.waitUntil(() => fake.gateway.sessions.length === 1);
    fake.gateway.closeWith(code);
    await expect(started).rejects.toThrow(kind);
    expect(fake.gateway.notesOf('identify')).toHaveLength(1);
    await fake.waitUntil(() => fake.gateway.notesOf('close').length === 2);
    expect(log.lines).toEqual([]);
  });

  it('tries again when Discord fails, waiting longer each time', async () => {
    const { sleep, pauses } = recordSleep();
    const { fake, gateway, log } = await openGateway({ sleep });
    const method = 'get_bot_gateway';
    fake.fail({ method, kind: 'drop', times: 2 });
    fake.fail({ method, kind: 'answer', status: 502, body: '<html>' });
    fake.fail({ method, kind: 'refuse', status: 403, code: 0 });
    fake.fail({ method, kind: 'rate-limit', retryAfter: 60 });
    fake.fail({ method, kind: 'refuse', status: 500, code: 0, times: 2 });
    await gateway.start();
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 60_050, 30_000, 30_000]);
    expect(log.lines.filter(({ message }) => message === 'Discord cannot be reached')).toHaveLength(7);
    expect(JSON.stringify(log.lines)).not.toContain(fake.token);
    expect(fake.gateway.sessions).toHaveLength(1);
  });

  it('tries again when it is the gateway that cannot be reached', async () => {
    const { sleep, pauses } = recordSleep();
    const { fake, gateway, log } = await openGateway({
      sleep: async (ms, signal) => {
        if (pauses.length === 2) fake.gateway.isDown = false;
        await sleep(ms, signal);
      },
    });
    fake.gateway.isDown = true;
    await gateway.start();
    expect(pauses).toEqual([1000, 2000, 4000]);
    expect(log.lines[0]).toMatchObject({ details: { reason: expect.stringContaining('503') } });
    expect(fake.gateway.notesOf('connect')).toHaveLength(1);
  });

  it('tries again where a connection ends before all are there, and leaves none behind', async () => {
    const { sleep, pauses } = recordSleep();
    const { fake, gateway, came, interactions } = await openGateway(
      {
        sleep,
        identifyThrottler: {
          waitForIdentify: async (shard) => (shard === 1 && pauses.length === 0 ? FOREVER : undefined),
        },
      },
      { shards: 2 },
    );
    const started = gateway.start();
    await fake.waitUntil(() => fake.gateway.sessions.length === 1);
    fake.gateway.drop();
    await started;
    expect(pauses).toEqual([1000]);
    expect(fake.gateway.notesOf('resume')).toEqual([]);
    fake.slash('vibe', {}, { by: fake.user() });
    await came(1);
    expect(interactions).toHaveLength(1);
    expect(fake.gateway.notesOf('connect')).toHaveLength(4);
    expect(fake.gateway.notesOf('close')).toHaveLength(2);
  });
});

describe('the end', () => {
  it.each([
    [4011, GatewayClosedError],
    [4014, IntentsRefusedError],
  ])('comes when the gateway closes with %i', async (code, kind) => {
    const { gateway, fake, log } = await openGateway();
    await gateway.start();
    fake.gateway.closeWith(code);
    await expect(gateway.ended).rejects.toThrow(kind);
    expect(gateway.health()).toMatchObject({ ok: false, detail: 'closed by Discord' });
    expect(log.lines.at(-1)).toMatchObject({ level: 'error', message: 'the gateway has closed' });
  });

  it('comes when the token is taken back', async () => {
    const { gateway, fake } = await openGateway();
    await gateway.start();
    fake.revokeToken();
    await expect(gateway.ended).rejects.toThrow(TokenRefusedError);
    await gateway.stop();
  });
});
