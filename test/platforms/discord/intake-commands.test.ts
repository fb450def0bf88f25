import { describe, expect, it } from 'vitest';
import {
  ANN,
  BOB,
  BOT,
  GUILD,
  help,
  recorded,
  refusal,
  TOKEN_UNTIL,
  takeInteraction,
  vibeOf,
} from './recorded.ts';

const MEGABYTE = 1024 * 1024;
const OTHER_GUILD = '710000000000000002';

interface Expected {
  readonly call: object;
  readonly asker?: string;
  readonly locale?: string;
  readonly shared?: boolean;
  readonly community?: string | null;
  readonly ephemeral?: boolean;
  readonly posts?: string;
  readonly managesCommunity?: boolean;
  readonly maxFileBytes?: number;
  /** Whether the answer can be given at any time. */
  readonly always?: boolean;
}

/** All of what a command becomes: in a server, by somebody who manages nothing, unless told. */
function check(name: string, expected: Expected) {
  const raw = recorded('interactions', name);
  const {
    call,
    asker = ANN,
    locale = 'en-US',
    shared = true,
    community = GUILD,
    ephemeral = false,
    posts = 'by itself',
    managesCommunity = false,
    maxFileBytes = 10 * MEGABYTE,
    always = true,
  } = expected;
  const { id: interactionId, token, channel_id: channelId } = raw;
  expect(takeInteraction(raw)).toEqual({
    incoming: {
      key: `discord:interaction:${interactionId}`,
      groupKey: null,
      uncounted: true,
      request: {
        platform: 'discord',
        asker: { id: asker, locale },
        chat: { id: channelId, shared, community },
        address: {
          kind: 'interaction',
          interactionId,
          applicationId: BOT,
          token,
          tokenUntil: TOKEN_UNTIL,
          channelId,
          ephemeral,
          posts,
          managesCommunity,
          maxFileBytes,
          shown: [],
        },
        call,
        ...(ephemeral && { aside: true }),
        answerBy: always ? null : TOKEN_UNTIL,
      },
    },
    acknowledge: { interactionId, token, type: 5, ephemeral },
  });
}

/** The vibe of the picture that came with the command. */
const vibe = (name: string, given: object = {}) =>
  vibeOf(Object.values(recorded('interactions', name).data.resolved?.attachments ?? {}), null, given);

describe('/vibe', () => {
  it('in a server is answered for all, by the channel when the token has died', () => {
    check('vibe-in-guild', { call: vibe('vibe-in-guild'), locale: 'de' });
    const given = { why: 'rock' };
    const call = vibe('vibe-with-genre', given);
    check('vibe-with-genre', { call, maxFileBytes: 50 * MEGABYTE });
  });

  it('in private is answered to who asks, as long as the token lives', () => {
    check('vibe-private-in-guild', {
      call: vibe('vibe-private-in-guild', { why: 'jazz', sender: BOB }),
      asker: BOB,
      managesCommunity: true,
      ephemeral: true,
      always: false,
    });
  });

  it.each(['vibe-in-thread', 'vibe-in-forum-post'])('%s is answered in the thread', (name) => {
    check(name, { call: vibe(name) });
  });

  it.each(['vibe-in-read-only-channel', 'vibe-in-read-only-thread'])(
    '%s is answered by the token alone',
    (name) => {
      check(name, { call: vibe(name), posts: 'not at all', always: false });
    },
  );

  it('in the chat with the bot is hidden from nobody, for nobody else is there', () => {
    const alone = { shared: false, community: null };
    check('vibe-in-bot-dm', { ...alone, call: vibe('vibe-in-bot-dm'), locale: 'ar' });
    check('vibe-in-bot-dm-of-own-app', { ...alone, call: vibe('vibe-in-bot-dm-of-own-app') });
  });

  it.each(['vibe-in-group-dm', 'vibe-in-dm-of-others'])('%s is answered by the token', (name) => {
    check(name, { call: vibe(name), community: null, posts: 'by token', always: false });
  });

  it('in private in a group is answered to who asks', () => {
    const name = 'vibe-private-in-group-dm';
    check(name, { call: vibe(name), community: null, posts: 'by token', ephemeral: true, always: false });
  });

  it('in a server without the bot is answered by the token, and belongs to that server', () => {
    const name = 'vibe-in-foreign-guild';
    check(name, { call: vibe(name), community: OTHER_GUILD, posts: 'by token', always: false });
  });

  it('of a covered picture says so', () => {
    check('vibe-of-spoiler', { call: vibe('vibe-of-spoiler', { spoiler: true }) });
  });
});

describe('"Get the vibe"', () => {
  const target = (name: string) => {
    const { target_id: id = '', resolved } = recorded('interactions', name).data;
    return resolved?.messages?.[id];
  };
  const attachmentsOf = (name: string) => target(name)?.attachments ?? [];
  const onlyMe = { ephemeral: true, always: false };
  const theirs = (files: Parameters<typeof vibeOf>[0], given: object = {}) =>
    vibeOf(files, null, { sender: BOB, ...given });

  it('reads the picture of the message, and answers who asked alone', () => {
    check('message-with-one', { ...onlyMe, call: theirs(attachmentsOf('message-with-one')) });
  });

  it('reads several pictures as one, and nothing that is none', () => {
    const [one, two, pdf, three] = attachmentsOf('message-with-three');
    expect(pdf?.filename).toBe('notes.pdf');
    const pictures = [one, two, three].flatMap((each) => each ?? []);
    check('message-with-three', { ...onlyMe, call: theirs(pictures) });
  });

  it('says what is missing', () => {
    check('message-with-none', { ...onlyMe, call: refusal('no-picture-here') });
    check('message-with-pdf', { ...onlyMe, call: refusal('not-an-image') });
  });

  it('knows a picture by its name where Discord does not tell what it is', () => {
    const [heic] = attachmentsOf('message-with-heic');
    expect(heic).not.toHaveProperty('content_type');
    check('message-with-heic', { ...onlyMe, call: theirs(attachmentsOf('message-with-heic')) });
  });

  it('covers all where one picture is covered', () => {
    const call = theirs(attachmentsOf('message-with-spoiler'), { spoiler: true });
    check('message-with-spoiler', { ...onlyMe, call });
  });

  it('reads what a message forwards', () => {
    const forwarded = target('message-with-forward')?.message_snapshots?.[0]?.message.attachments ?? [];
    expect(forwarded).toHaveLength(2);
    check('message-with-forward', { ...onlyMe, call: theirs(forwarded) });
  });

  it('takes no heatmap of its own for a photo', () => {
    check('message-of-own', { ...onlyMe, call: refusal('no-picture-here') });
  });

  it('finds the files that the gallery of another bot shows, which Discord tells nowhere else', () => {
    expect(attachmentsOf('message-with-gallery')).toEqual([]);
    const size = null;
    const attachmentId = expect.stringMatching(/^\d+$/);
    const url = expect.stringMatching(
      /^https:\/\/cdn\.discordapp\.com\/attachments\/.*photo-0a1b2c\.jpg\?ex=/,
    );
    const images = [{ url, size, attachmentId, source: null }];
    const call = { command: 'vibe', images, why: null, asked: true, spoiler: true };
    check('message-with-gallery', { ...onlyMe, call });
  });

  it('hides nothing in the chat with the bot, and comes by the token where the bot is not', () => {
    const alone = { shared: false, community: null };
    check('message-in-bot-dm', {
      ...alone,
      call: theirs(attachmentsOf('message-in-bot-dm'), { sender: ANN }),
    });
    const name = 'message-in-foreign-guild';
    const away = { ...onlyMe, community: OTHER_GUILD, posts: 'by token' };
    check(name, { ...away, call: theirs(attachmentsOf(name)) });
  });
});

describe('the other commands', () => {
  const onlyMe = { ephemeral: true, always: false };

  it('/playlist is for all', () => {
    check('playlist', { call: { command: 'playlist', words: ['jazz', 'khaleeji'] } });
    check('playlist-bare', { call: { command: 'playlist', words: [] } });
  });

  it('/stats is for all, or for who asks', () => {
    check('stats', { call: { command: 'stats' } });
    check('stats-private', { ...onlyMe, call: { command: 'stats' } });
  });

  it.each(['privacy', 'export', 'forget'])('/%s is for who asks', (command) => {
    check(command, { ...onlyMe, call: { command } });
  });

  it('/language, /about and /help are for who asks', () => {
    const call = { command: 'language', words: ['ar'] };
    check('language', { ...onlyMe, asker: BOB, managesCommunity: true, call });
    check('about', { ...onlyMe, call: { command: 'about' } });
    check('help', { ...onlyMe, call: help(true) });
  });

  it('one that is none of ours gets the help', () => {
    check('unknown-command', { ...onlyMe, call: help(true) });
  });
});
