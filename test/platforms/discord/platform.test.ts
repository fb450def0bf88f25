import { describe, expect, it } from 'vitest';
import { TokenRefusedError } from '../../../src/platforms/token-refused-error.ts';
import { openDiscordPlatform } from '../../support/discord-open-platform.ts';
import { cardOf, RED } from '../../support/discord-outlet.ts';
import { everythingOf, failureOf } from '../../support/telegram-connection.ts';

const DELETE = 'delete_original_webhook_message';
const IMAGE = { image: { bytes: RED } };

describe('the start', () => {
  it('says who it is, and hands on from then what people ask', async () => {
    const { fake, platform, start, came, log } = await openDiscordPlatform();
    expect(platform.health()).toMatchObject({ ok: false, detail: 'not connected yet' });
    await start();
    expect(platform.health()).toMatchObject({ ok: true, detail: 'running' });
    expect(log.lines.at(-1)).toMatchObject({ level: 'info', details: { bot: 'vibe_test_bot' } });
    const by = fake.user();
    const asked = fake.slash('vibe', IMAGE, { by, channel: fake.guild().general, locale: 'ar' });
    expect(await came(1)).toMatchObject({ asker: { id: by.id, locale: 'ar' }, call: { command: 'vibe' } });
    const sent = fake.sendFiles([{ bytes: RED }], { from: by });
    expect(await came(2)).toMatchObject({
      asker: { id: by.id, locale: null },
      address: { kind: 'message', messageId: sent.id },
    });
    await fake.waitUntil(() => asked.acknowledgedAs === 5);
    expect(fake.violations).toEqual([]);
  });

  it('fails when Discord does not know the token', async () => {
    const { start, fake } = await openDiscordPlatform({ token: 'MTE.wrong.token' });
    const failure = await failureOf(start());
    expect(failure).toBeInstanceOf(TokenRefusedError);
    expect(everythingOf(failure)).not.toContain('MTE.wrong');
    expect(fake.gateway.notes).toEqual([]);
  });

  it('loses nothing that comes before it is over', async () => {
    const { promise: turn, resolve: take } = Promise.withResolvers<void>();
    const identifyThrottler = {
      waitForIdentify: (shard: number) => (shard === 0 ? Promise.resolve() : turn),
    };
    const opened = await openDiscordPlatform({ identifyThrottler }, { shards: 2 });
    const { fake, start, came, received } = opened;
    const started = start();
    await fake.waitUntil(() => fake.gateway.sessions.length === 1);
    const from = fake.user();
    const message = fake.sendText('hello', { from });
    const asked = fake.slash('about', {}, { by: from });
    // commands are taken at once: Discord does not wait for the other shards
    await fake.waitUntil(() => asked.acknowledgedAs === 5);
    expect((await came(1)).call).toEqual({ command: 'about' });
    expect(received).toHaveLength(1);
    take();
    await started;
    expect((await came(2)).address).toMatchObject({ messageId: message.id });
    expect(fake.violations).toEqual([]);
  });
});

describe('what nobody will answer', () => {
  it('does not say for a quarter of an hour that somebody will', async () => {
    const { fake, platform, start, came, signal } = await openDiscordPlatform();
    await start(async () => 'passed over');
    const [by, { general: channel }] = [fake.user(), fake.guild()];
    const release = fake.hold('create_interaction_response');
    const all = [true, false].map((isPrivate) =>
      fake.slash('vibe', { ...IMAGE, private: isPrivate }, { by, channel }),
    );
    await came(2);
    await platform.outlet.ping(signal); // what does not wait goes on meanwhile
    expect(fake.callsOf(DELETE)).toEqual([]);
    fake.fail({ method: DELETE, kind: 'drop' });
    release();
    await fake.waitUntil(() => all.every(({ answer }) => answer?.deleted));
    expect(fake.callsOf(DELETE)).toHaveLength(3);
    expect(fake.callsOf(DELETE)[0]?.headers['authorization']).toBeUndefined();
    expect(fake.violations).toEqual([]);
  });

  it('leaves alone the message that was pressed, and what people write', async () => {
    const { fake, platform, start, came, signal } = await openDiscordPlatform();
    await start(async ({ request }) => (request.call.command === 'vibe' ? 'accepted' : 'passed over'));
    const by = fake.user();
    fake.slash('vibe', IMAGE, { by });
    const { messageId } = await platform.outlet.post(await came(1), cardOf('x'), signal);
    fake.press({ id: messageId }, 'Why?', by);
    await came(2);
    fake.sendText('hello', { from: by });
    await came(3);
    // the last of them, after which the others would have come
    const last = fake.slash('about', {}, { by });
    await fake.waitUntil(() => last.answer?.deleted);
    expect(fake.callsOf(DELETE)).toHaveLength(1);
    expect(fake.message(messageId)).toMatchObject({ deleted: false, text: '## Jazz\nx' });
    expect(fake.violations).toEqual([]);
  });

  it('is let be when it cannot be taken away', async () => {
    const { fake, platform, start, came, log, signal } = await openDiscordPlatform();
    await start(async () => 'passed over');
    const asked = fake.slash('about', {}, { by: fake.user() });
    fake.fail({ method: DELETE, kind: 'refuse', status: 404, code: 10_008 });
    await came(1);
    await fake.waitForCall(DELETE);
    await platform.outlet.ping(signal); // its answer comes after that one
    expect(asked.answer?.deleted).toBe(false);
    expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });
});

describe('what it has a fault with', () => {
  it('is passed over, and said', async () => {
    const { fake, start, came, received, log } = await openDiscordPlatform();
    const by = fake.user();
    await start(async ({ request }) => {
      if (request.call.command === 'help') throw new TypeError('a bug');
    });
    fake.slash('help', {}, { by });
    const { level, details } = await log.written('an event was passed over');
    expect([level, details]).toEqual(['error', { error: new TypeError('a bug') }]);
    fake.slash('about', {}, { by });
    expect((await came(1)).call).toEqual({ command: 'about' });
    expect(received).toHaveLength(1);
  });

  it('may be an event that cannot be read', async () => {
    const { fake, start, came, log } = await openDiscordPlatform();
    await start();
    const by = fake.user();
    const { raw } = fake.slash('about', {}, { by, channel: fake.guild().general });
    await came(1);
    const member = { ...(raw['member'] as object), permissions: 'all' };
    fake.dispatch('INTERACTION_CREATE', { ...raw, id: '1', member });
    await log.written('unknown shape');
    fake.slash('help', {}, { by });
    expect((await came(2)).call).toEqual({ command: 'help', asked: true });
  });
});

describe('an event of an unknown shape', () => {
  const HIDDEN = 'hidden words';

  it.each([
    ['INTERACTION_CREATE', { type: 2, id: 7, token: HIDDEN, data: { name: HIDDEN } }, 'id'],
    ['INTERACTION_CREATE', { type: 99, id: '7', token: HIDDEN }, 'type'],
    ['INTERACTION_CREATE', { type: 3, id: '7', token: HIDDEN, data: HIDDEN }, 'data'],
    [
      'MESSAGE_CREATE',
      { id: '7', type: HIDDEN, channel_id: '8', author: { id: '9' }, content: HIDDEN },
      'type',
    ],
    ['MESSAGE_CREATE', { id: '7', type: 0, channel_id: '8', author: { id: '9', bot: HIDDEN } }, 'author.bot'],
  ])('is said by its parts and not by what is in them: %s %j', async (event, data, part) => {
    const { fake, start, came, received, log } = await openDiscordPlatform();
    await start();
    fake.dispatch(event, data);
    const { level, details } = await log.written('unknown shape');
    expect(level).toBe('warn');
    expect(details?.['wrong']).toContain(part);
    expect(JSON.stringify(log.lines)).not.toContain(HIDDEN);
    fake.slash('about', {}, { by: fake.user() });
    await came(1);
    expect(received).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });
});
