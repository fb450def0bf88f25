import { describe, expect, it } from 'vitest';
import {
  ANN,
  BOB,
  GUILD,
  help,
  type RawMessage,
  recorded,
  refusal,
  takeMessage,
  vibeOf,
} from './recorded.ts';

/** All of what a message becomes; null: it is not for us. */
function check(raw: RawMessage, call: object | null, community: string | null) {
  const { id, channel_id: channelId } = raw;
  const request = {
    platform: 'discord',
    asker: { id: ANN, locale: null },
    chat: { id: channelId, shared: community !== null, community },
    address: { kind: 'message', channelId, messageId: id },
    call,
    answerBy: null,
  };
  expect(takeMessage(raw)).toEqual(call && { request, key: `discord:message:${id}`, groupKey: null });
}

/** The vibe of a message's own pictures. */
const vibe = ({ id, channel_id, attachments }: RawMessage, given: object = {}) =>
  vibeOf(attachments, { channelId: channel_id, messageId: id }, given);

describe('a message in the chat with the bot', () => {
  const direct = (name: string, call: (raw: RawMessage) => object | null) => {
    const raw = recorded('messages', name);
    check(raw, call(raw), null);
  };

  it('is its photo, and the genre that it speaks of', () => {
    direct('dm-photo', (raw) => vibe(raw, { why: 'jazz' }));
  });

  it('is all its photos as one, and nothing that is none', () => {
    direct('dm-album', (raw) => {
      expect(raw.attachments).toHaveLength(3);
      return vibe({ ...raw, attachments: raw.attachments.slice(0, 2) }, { spoiler: true });
    });
  });

  it('is the photo that it replies to', () => {
    direct('dm-reply-to-photo', ({ referenced_message: replied, channel_id: channelId }) => {
      const { id: messageId = '', attachments = [] } = replied ?? {};
      return vibeOf(attachments, { channelId, messageId });
    });
  });

  it('is the photo that it forwards', () => {
    direct('dm-forward', (raw) => {
      const attachments = raw.message_snapshots?.[0]?.message.attachments ?? [];
      expect(attachments).toHaveLength(2);
      return vibe({ ...raw, attachments });
    });
  });

  it.each(['dm-text', 'dm-sticker', 'dm-reply-to-card'])('%s gets the help', (name) => {
    direct(name, () => help(true));
  });

  it.each(['dm-voice', 'dm-pdf'])('%s is no picture', (name) => {
    direct(name, () => refusal('not-an-image'));
  });
});

describe('a message in a server', () => {
  const inGuild = (name: string, call: (raw: RawMessage) => object | null) => {
    const raw = recorded('messages', name);
    check(raw, call(raw), GUILD);
  };

  it('that names the bot is read: its photo, or what came in its place', () => {
    inGuild('mention-with-photo', (raw) => vibe(raw));
    inGuild('mention-with-genre', (raw) => vibe(raw, { why: 'rock' }));
    inGuild('mention-with-pdf', () => refusal('not-an-image'));
  });

  it('that names the bot in reply to a photo asks for that, where Discord shows it', () => {
    inGuild('mention-in-reply', ({ referenced_message: replied, channel_id: channelId }) => {
      const { id: messageId = '', attachments = [] } = replied ?? {};
      expect(attachments).toHaveLength(1);
      return vibeOf(attachments, { channelId, messageId }, { why: 'jazz', sender: BOB });
    });
  });

  it('that names the bot in reply to what Discord hides is told where else to ask', () => {
    const raw = recorded('messages', 'mention-in-reply-to-hidden');
    expect(raw.referenced_message?.attachments).toEqual([]);
    check(raw, refusal('hidden-picture'), GUILD);
    const { referenced_message: _, ...leftOut } = raw;
    check(leftOut, refusal('hidden-picture'), GUILD);
  });

  it('that names the bot and nothing to read gets the help', () => {
    inGuild('mention-alone', () => help(true));
    inGuild('mention-in-reply-to-deleted', () => help(true));
    inGuild('reply-to-bot-by-name', () => help(true));
  });

  it('that replies to the bot is read, too, but has not asked for the help', () => {
    inGuild('reply-to-bot', () => help(false));
    inGuild('reply-to-bot-with-photo', (raw) => vibe(raw));
  });

  it('that names it in the older way is the same', () => {
    const raw = recorded('messages', 'mention-alone');
    check({ ...raw, ...{ content: '<@!1100000000000000001>' } }, help(true), GUILD);
  });

  it.each([
    'no-mention',
    'reply-to-bot-silently',
    'mention-of-everyone',
    'mention-of-role',
    'other-bot',
    'webhook',
    'own',
    'somebody-joins',
  ])('%s is not for it', (name) => {
    inGuild(name, () => null);
  });

  it('of Discord’s own is not for it, whoever is named in it', () => {
    // https://docs.discord.com/developers/resources/message#message-object-message-types
    for (const type of [1, 3, 6, 7, 8, 18, 20, 21, 23, 24, 46]) {
      check({ ...recorded('messages', 'mention-with-photo'), ...{ type } }, null, GUILD);
      check({ ...recorded('messages', 'dm-text'), ...{ type } }, null, null);
    }
  });

  it('of a webhook that says it is nobody’s bot is not for it either', () => {
    const raw = recorded('messages', 'webhook');
    check({ ...raw, ...{ author: { id: '1', username: 'News' } } }, null, GUILD);
  });
});
