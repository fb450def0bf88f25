import { describe, expect, it } from 'vitest';
import { BOT_PERMISSIONS, Permission } from '../../support/discord/permission.ts';
import { BLUE, cardOf, openDiscordOutlet, RED } from '../../support/discord-outlet.ts';
import { failureOf } from '../../support/telegram-connection.ts';

const CARD = cardOf('<@1>', { 'jazz.jpg': RED, 'photo.jpg': BLUE });
const GONE = { failure: { kind: 'gone' } };

describe('the answer to a message', () => {
  it('is a reply with its pictures, and notifies nobody', async () => {
    const { fake, outlet, write, cards, signal } = await openDiscordOutlet();
    const { message, request } = write();
    const posted = await outlet.post(request, CARD, signal);
    expect(cards({ id: message.channel_id })).toMatchObject([
      {
        id: posted.messageId,
        text: '## Jazz\n\\<\\@1\\>',
        replyTo: message.id,
        isComponentsV2: true,
        pictures: [{ bytes: RED }, { bytes: BLUE }],
      },
    ]);
    expect(posted.imageName).toBe('jazz.jpg');
    const [call] = fake.callsOf('create_message');
    expect(call?.headers['authorization']).toBe(`Bot ${fake.token}`);
    expect(call?.params).toMatchObject({
      flags: 32_768,
      allowed_mentions: { parse: [] },
      message_reference: { message_id: message.id, fail_if_not_exists: false },
      nonce: message.id,
      enforce_nonce: true,
    });
    expect(fake.violations).toEqual([]);
  });

  it('goes without the message that it answers when that is deleted', async () => {
    const { fake, outlet, write, cards, signal } = await openDiscordOutlet();
    const { message, request } = write();
    fake.deleteMessage(message);
    await outlet.post(request, CARD, signal);
    expect(cards({ id: message.channel_id })).toMatchObject([{ replyTo: undefined, pictures: [{}, {}] }]);
    expect(fake.violations).toEqual([]);
  });

  it.each([
    ['drop', { kind: 'drop' }],
    ['drop-reply', { kind: 'drop-reply' }],
    ['502', { kind: 'answer', status: 502, body: '<html>' }],
    ['429', { kind: 'rate-limit', retryAfter: 2 }],
  ] as const)('is there once after a %s, and when another run posts it again', async (_name, fault) => {
    const { fake, outlet, write, cards, signal } = await openDiscordOutlet();
    const { message, request } = write();
    fake.fail({ method: 'create_message', ...fault });
    const posted = await outlet.post(request, CARD, signal);
    expect(fake.callsOf('create_message')).toHaveLength(2);
    expect(await outlet.post(request, CARD, signal)).toEqual(posted);
    expect(cards({ id: message.channel_id })).toMatchObject([{ id: posted.messageId, pictures: [{}, {}] }]);
    expect(fake.violations).toEqual([]);
  });

  it('leaves out a picture that is larger than Discord takes anywhere', async () => {
    const { outlet, write, cards, signal } = await openDiscordOutlet();
    const { message, request } = write();
    const huge = Buffer.concat([RED, Buffer.alloc(10 * 1024 * 1024)]);
    const posted = await outlet.post(request, cardOf('x', { 'jazz.jpg': huge, 'photo.jpg': BLUE }), signal);
    expect(posted.imageName).toBe('photo.jpg');
    expect(cards({ id: message.channel_id })).toMatchObject([{ pictures: [{ bytes: BLUE }] }]);
  });
});

describe('where the bot may do less', () => {
  it('comes without pictures if it may attach none, and so do the edits', async () => {
    const { fake, outlet, write, cards, signal } = await openDiscordOutlet();
    const { general } = fake.guild();
    fake.allowBot(general, BOT_PERMISSIONS & ~Permission.attachFiles);
    const { message, request } = write(general);
    const posted = await outlet.post(request, CARD, signal);
    expect(posted).toEqual({ messageId: expect.any(String), imageName: null, image: null });
    expect(cards(general)).toMatchObject([
      { replyTo: message.id, pictures: [], buttons: [{ label: 'Why?' }] },
    ]);
    const refusal = { kind: 'refuse', status: 403, code: 50_013 } as const;
    fake.fail({ method: 'update_message', ...refusal, where: ({ files }) => files.length > 0 });
    expect(await outlet.edit(request, posted, cardOf('two', { 'jazz.jpg': RED }), signal)).toEqual(posted);
    expect(cards(general)).toMatchObject([{ text: '## Jazz\ntwo', pictures: [] }]);
    expect(fake.violations).toEqual([]);
  });

  it('is no reply if it may not read what was written', async () => {
    const { fake, outlet, write, cards, signal } = await openDiscordOutlet();
    const { general } = fake.guild();
    fake.allowBot(general, BOT_PERMISSIONS & ~Permission.readMessageHistory);
    const posted = await outlet.post(write(general).request, CARD, signal);
    expect(cards(general)).toMatchObject([
      { id: posted.messageId, replyTo: undefined, pictures: [{ bytes: RED }, { bytes: BLUE }] },
    ]);
    expect(fake.violations).toEqual([]);
  });

  it.each([
    ['may not write', Permission.viewChannel],
    ['may not see the channel', 0n],
  ])('is gone if it %s', async (_name, permissions) => {
    const { fake, outlet, write, cards, signal } = await openDiscordOutlet();
    const { general } = fake.guild();
    const { request } = write(general);
    fake.allowBot(general, permissions);
    expect(await failureOf(outlet.post(request, CARD, signal))).toMatchObject(GONE);
    expect(cards(general)).toEqual([]);
  });

  it('is gone in a thread that was archived, or locked', async () => {
    const { fake, outlet, write, signal } = await openDiscordOutlet();
    const thread = fake.thread(fake.guild().general);
    const { request } = write(thread);
    const posted = await outlet.post(request, CARD, signal);
    thread.archived = true;
    expect(await failureOf(outlet.post(write(thread).request, CARD, signal))).toMatchObject(GONE);
    expect(await failureOf(outlet.edit(request, posted, cardOf('two'), signal))).toMatchObject(GONE);
    fake.fail({ method: 'create_message', kind: 'refuse', status: 400, code: 160_005 });
    expect(await failureOf(outlet.post(write(thread).request, CARD, signal))).toMatchObject(GONE);
  });

  it('is gone with the channel, the server, and whoever blocks the bot', async () => {
    const { fake, outlet, write, signal } = await openDiscordOutlet();
    const person = fake.user();
    const alone = write(fake.dm(person));
    fake.block(person);
    expect(await failureOf(outlet.post(alone.request, CARD, signal))).toMatchObject(GONE);
    const guild = fake.guild();
    const { request } = write(guild.general);
    fake.removeBot(guild);
    expect(await failureOf(outlet.post(request, CARD, signal))).toMatchObject(GONE);
    fake.fail({ method: 'create_message', kind: 'refuse', status: 404, code: 10_003 });
    expect(await failureOf(outlet.post(write().request, CARD, signal))).toMatchObject(GONE);
    expect(fake.callsOf('create_message')).toHaveLength(3);
    expect(fake.violations).toEqual([]);
  });
});
