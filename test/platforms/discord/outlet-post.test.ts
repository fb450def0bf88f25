import { describe, expect, it } from 'vitest';
import { BLUE, cardOf, keptCard, openDiscordOutlet, RED } from '../../support/discord-outlet.ts';
import { failureOf } from '../../support/telegram-connection.ts';

const PATCH = 'update_original_webhook_message';
const ALT = 'Dark, with a bright spot.';

describe('the answer to a command', () => {
  it('may be posted again and again, as may a reply to a message, but not a command’s songs', async () => {
    const { outlet, ask, signal } = await openDiscordOutlet();
    const { request } = await ask();
    expect(await outlet.isRepeatable(request, signal)).toBe(true);
    const songs = { command: 'tracks', genre: 'jazz', region: 'global', replyTo: '1' } as const;
    expect(await outlet.isRepeatable({ ...request, call: songs }, signal)).toBe(false);
    const address = { kind: 'message', channelId: '1', messageId: '2' };
    expect(await outlet.isRepeatable({ ...request, address }, signal)).toBe(true);
    expect(await outlet.isRepeatable({ ...request, address, call: songs }, signal)).toBe(true);
  });

  it('takes the place of "is thinking": one container with its pictures, and mentions nobody', async () => {
    const { fake, outlet, ask, signal } = await openDiscordOutlet();
    const { interaction, request } = await ask();
    const card = cardOf('@everyone <@1>', { 'jazz.jpg': RED, 'photo.jpg': BLUE });
    const posted = await outlet.post(request, card, signal);
    expect(interaction.answer).toMatchObject({
      text: '## Jazz\n\\@everyone \\<\\@1\\>',
      isLoading: false,
      isEphemeral: false,
      isComponentsV2: true,
      edits: 1,
      pictures: [
        { name: 'jazz.jpg', bytes: RED, description: ALT, spoiler: false },
        { name: 'photo.jpg', bytes: BLUE, description: ALT, spoiler: false },
      ],
      buttons: [{ label: 'Why?' }],
    });
    const [call] = fake.callsOf(PATCH);
    expect(call).toMatchObject({
      params: {
        flags: 32_768,
        allowed_mentions: { parse: [] },
        attachments: [
          { id: '0', filename: 'jazz.jpg' },
          { id: '1', filename: 'photo.jpg' },
        ],
      },
      files: [
        { field: 'files[0]', fileName: 'jazz.jpg' },
        { field: 'files[1]', fileName: 'photo.jpg' },
      ],
    });
    expect(call?.headers['content-type']).toMatch(/^multipart\/form-data/);
    expect(call?.headers['authorization']).toBeUndefined();
    const image = [...(interaction.answer?.files.keys() ?? [])].map((name) => ({
      id: expect.any(String),
      name,
    }));
    expect(posted).toEqual({ messageId: interaction.answer?.id, imageName: 'jazz.jpg', image });
    expect(fake.violations).toEqual([]);
  });

  it('sends no files where it has no pictures, and none that Discord should have and has not', async () => {
    const { fake, outlet, ask, signal } = await openDiscordOutlet();
    for (const card of [cardOf('words'), keptCard('words', 'jazz.jpg')]) {
      const { interaction, request } = await ask();
      const posted = await outlet.post(request, card, signal);
      expect(posted).toEqual({ messageId: interaction.answer?.id, imageName: null, image: null });
      expect(interaction.answer).toMatchObject({ text: '## Jazz\nwords', pictures: [] });
      expect(fake.callsOf(PATCH).at(-1)?.params).not.toHaveProperty('attachments');
      expect(fake.callsOf(PATCH).at(-1)?.headers['content-type']).toBe('application/json');
    }
    expect(fake.violations).toEqual([]);
  });

  it('takes only its part of a buffer that holds more', async () => {
    const { outlet, ask, signal } = await openDiscordOutlet();
    const { interaction, request } = await ask();
    const pool = Buffer.concat([Buffer.alloc(64), RED, Buffer.alloc(64)]);
    const part = new Uint8Array(pool.buffer, pool.byteOffset + 64, RED.length);
    await outlet.post(request, cardOf('words', { 'jazz.jpg': part }), signal);
    expect(interaction.answer?.pictures).toMatchObject([{ bytes: RED }]);
  });

  it('is for nobody else where it was asked so', async () => {
    const { fake, outlet, ask, signal } = await openDiscordOutlet();
    const { interaction, request } = await ask({ private: true });
    await outlet.post(request, cardOf('words', { 'jazz.jpg': RED }), signal);
    expect(interaction.answer).toMatchObject({ isEphemeral: true, pictures: [{ bytes: RED }] });
    expect(fake.violations).toEqual([]);
  });

  it('leaves out what is larger than Discord takes from this person here', async () => {
    const { fake, outlet, ask, signal } = await openDiscordOutlet();
    const larger = Buffer.concat([RED, Buffer.alloc(1)]);
    const { interaction, request } = await ask({ attachmentSizeLimit: RED.length });
    const posted = await outlet.post(request, cardOf('x', { 'jazz.jpg': larger, 'photo.jpg': RED }), signal);
    expect(interaction.answer).toMatchObject({ text: '## Jazz\nx', pictures: [{ name: 'photo.jpg' }] });
    expect(posted).toMatchObject({ imageName: 'photo.jpg' });
    // more than usual, where people pay for it
    const huge = Buffer.concat([RED, Buffer.alloc(10 * 1024 * 1024)]);
    const boosted = await ask({ attachmentSizeLimit: 50 * 1024 * 1024 });
    await outlet.post(boosted.request, cardOf('x', { 'jazz.jpg': huge }), signal);
    expect(boosted.interaction.answer?.pictures[0]?.bytes).toHaveLength(huge.length);
    expect(fake.violations).toEqual([]);
  });
});

describe('a post by token', () => {
  const CARD = cardOf('words', { 'jazz.jpg': RED, 'photo.jpg': BLUE });

  it.each([
    ['was not heard', { kind: 'drop' }],
    ['was done, and nobody heard of it', { kind: 'drop-reply' }],
    ['met a gateway’s page', { kind: 'answer', status: 502, body: '<html>' }],
    ['met Discord in trouble', { kind: 'answer', status: 500, body: '' }],
    ['came too soon after another', { kind: 'rate-limit', retryAfter: 2 }],
  ] as const)('is made again, whole, when it %s: there is one answer', async (_name, fault) => {
    const { fake, outlet, ask, cards, signal } = await openDiscordOutlet();
    const { interaction, request } = await ask();
    fake.fail({ method: PATCH, ...fault, times: 2 });
    const { messageId } = await outlet.post(request, CARD, signal);
    const calls = fake.callsOf(PATCH);
    expect(calls.map(({ files }) => files.length)).toEqual([2, 2, 2]);
    const { channelId = '' } = interaction.answer ?? {};
    expect(cards({ id: channelId })).toMatchObject([
      { id: messageId, pictures: [{ bytes: RED }, { bytes: BLUE }] },
    ]);
    expect(interaction.answer?.files.size).toBe(2);
    expect(fake.violations).toEqual([]);
  });

  it('is put off where Discord wants a long pause', async () => {
    const { fake, outlet, ask, pauses, signal } = await openDiscordOutlet();
    const { interaction, request } = await ask();
    fake.fail({ method: PATCH, kind: 'rate-limit', retryAfter: 60 });
    expect(await failureOf(outlet.post(request, CARD, signal))).toMatchObject({
      failure: { kind: 'later', afterMs: 60_050 },
    });
    expect([fake.callsOf(PATCH).length, pauses, interaction.answer?.isLoading]).toEqual([1, [], true]);
  });

  it('is put off when nobody ever answers, for it can be done again', async () => {
    const { fake, outlet, ask, signal } = await openDiscordOutlet();
    const { interaction, request } = await ask();
    fake.fail({ method: PATCH, kind: 'drop', times: 4 });
    expect(await failureOf(outlet.post(request, CARD, signal))).toMatchObject({
      failure: { kind: 'later' },
    });
    await outlet.post(request, CARD, signal);
    expect(interaction.answer).toMatchObject({ isLoading: false, isComponentsV2: true });
  });

  it('is gone when somebody has deleted the answer meanwhile', async () => {
    const { fake, outlet, ask, cards, signal } = await openDiscordOutlet();
    const { interaction, request } = await ask();
    const { id = '', channelId = '' } = interaction.answer ?? {};
    fake.deleteMessage({ id });
    expect(await failureOf(outlet.post(request, CARD, signal))).toMatchObject({ failure: { kind: 'gone' } });
    expect(cards({ id: channelId })).toEqual([]);
    expect(fake.violations).toEqual([]);
  });
});
