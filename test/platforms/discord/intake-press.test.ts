import { describe, expect, it } from 'vitest';
import { ANN, BOB, BOT, GUILD, NOW, recorded, TOKEN_UNTIL, takeInteraction } from './recorded.ts';

const shown = (name: string) => ({ id: expect.stringMatching(/^\d+$/), name });

/** A press as Discord tells it, and what it becomes. */
function press(name: string) {
  const raw = recorded('interactions', name);
  return { raw, taken: takeInteraction(raw) };
}

describe('a press', () => {
  it('says what was pressed, what the message shows and how to get it', () => {
    const { raw, taken } = press('press');
    const { id: interactionId, token, channel_id: channelId, message } = raw;
    const picture = (name: string) => ({
      name,
      reference: {
        url: expect.stringMatching(`^https://cdn\\.discordapp\\.com/attachments/.*/${name}\\?ex=`),
        size: null,
        attachmentId: expect.stringMatching(/^\d+$/),
        source: { channelId, messageId: message?.id },
      },
    });
    // Discord tells files that a gallery shows in the gallery only
    expect(message?.attachments).toEqual([]);
    expect(taken).toEqual({
      incoming: {
        key: `discord:interaction:${interactionId}`,
        groupKey: null,
        uncounted: true,
        request: {
          platform: 'discord',
          asker: { id: ANN, locale: 'en-US' },
          chat: { id: channelId, shared: true, community: GUILD },
          address: {
            kind: 'interaction',
            interactionId,
            applicationId: BOT,
            token,
            tokenUntil: TOKEN_UNTIL,
            channelId,
            ephemeral: false,
            posts: 'by itself',
            managesCommunity: false,
            maxFileBytes: 10 * 1024 * 1024,
            shown: [shown('jazz-0a1b2c.jpg'), shown('photo-0a1b2c.jpg')],
          },
          call: {
            command: 'press',
            data: expect.stringMatching(/^u\./),
            messageId: message?.id,
            pictures: [picture('jazz-0a1b2c.jpg'), picture('photo-0a1b2c.jpg')],
          },
          answerBy: null,
        },
      },
      acknowledge: { interactionId, token, type: 6, ephemeral: false },
    });
  });

  it('is the same when something was chosen from a list', () => {
    const { taken } = press('choose');
    expect(taken?.incoming.request).toMatchObject({
      asker: { id: BOB },
      address: { managesCommunity: true, posts: 'by itself' },
      call: { command: 'press', data: expect.stringMatching(/^W\..*\.4\./) },
    });
    expect(taken?.acknowledge.type).toBe(6);
  });

  it('on a card that only who asked sees is answered there while the token lives', () => {
    const { taken } = press('press-on-ephemeral');
    expect(taken?.incoming.request).toMatchObject({
      address: { ephemeral: true, posts: 'by itself', shown: [{}, {}] },
      answerBy: NOW + 14 * 60_000,
    });
    // it changes the message that there is, which stays as hidden as it was
    expect(taken?.acknowledge).toMatchObject({ type: 6, ephemeral: false });
  });

  it('in the chat with the bot can be answered at any time, among others by the token only', () => {
    expect(press('press-in-bot-dm').taken?.incoming.request).toMatchObject({
      chat: { shared: false, community: null },
      address: { ephemeral: false, posts: 'by itself' },
      answerBy: null,
    });
    expect(press('press-in-group-dm').taken?.incoming.request).toMatchObject({
      asker: { id: BOB },
      chat: { shared: true, community: null },
      address: { ephemeral: false, posts: 'by token', managesCommunity: false },
      call: { data: expect.stringMatching(/^s\./) },
      answerBy: TOKEN_UNTIL,
    });
  });

  it('on a message of ours with ordinary files finds those, too', () => {
    const raw = recorded('interactions', 'press');
    const file = {
      id: '5',
      filename: 'old.jpg',
      size: 9,
      url: 'https://cdn.discordapp.com/attachments/1/5/old.jpg',
    };
    const message = { ...raw.message, attachments: [file] };
    const taken = takeInteraction({ ...raw, message });
    expect(taken?.incoming.request).toMatchObject({
      address: { shown: [{ id: '5', name: 'old.jpg' }, {}, {}] },
      call: { pictures: [{ name: 'old.jpg', reference: { size: 9, attachmentId: '5' } }, {}, {}] },
    });
  });
});
