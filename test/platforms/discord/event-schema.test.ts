import { describe, expect, it } from 'vitest';
import { interactionSchema, messageSchema } from '../../../src/platforms/discord/event-schema.ts';
import { namesOf, type RawMessage, recorded, takeInteraction, takeMessage } from './recorded.ts';

const IGNORED = ['autocomplete', 'modal', 'ping'];
const interactions = namesOf('interactions').map((name) => ({ name, raw: recorded('interactions', name) }));
const messages = namesOf('messages').map((name) => ({ name, raw: recorded('messages', name) }));
const heard = interactions.filter(({ name }) => !IGNORED.includes(name));

describe('what Discord has sent', () => {
  it('is understood', () => {
    expect(heard.length).toBeGreaterThan(30);
    for (const { name, raw } of heard) {
      expect(takeInteraction(raw)?.incoming.key, name).toBe(`discord:interaction:${raw.id}`);
    }
    expect(messages.length).toBeGreaterThan(20);
    for (const { name, raw } of messages) {
      expect(messageSchema.safeParse(raw).success, name).toBe(true);
    }
  });

  it('becomes requests that can be written down and taken up again', () => {
    const requests = [
      ...heard.map(({ raw }) => takeInteraction(raw)?.incoming.request),
      ...messages.map(({ raw }) => takeMessage(raw)?.request),
    ].filter((request) => request !== undefined);
    expect(requests.length).toBeGreaterThan(50);
    for (const request of requests) expect(JSON.parse(JSON.stringify(request))).toStrictEqual(request);
  });

  it('is passed over where it is of a kind that the bot does not offer', () => {
    for (const name of IGNORED) {
      expect(interactionSchema.safeParse(recorded('interactions', name)).success).toBe(false);
    }
    const press = recorded('interactions', 'press');
    expect(interactionSchema.safeParse({ ...press, type: 99 }).success).toBe(false);
  });

  it('may have fields that are newer than this bot', () => {
    for (const { raw } of heard) {
      expect(takeInteraction({ ...raw, entitlement_sku_ids: [], data: { ...raw.data, newer: 1 } })).toEqual(
        takeInteraction(raw),
      );
    }
    for (const { raw } of messages) {
      expect(takeMessage({ ...raw, channel_type: 0, newer: {} })).toEqual(takeMessage(raw));
    }
  });

  it('may lack all that Discord does not promise', () => {
    const vibe = recorded('interactions', 'vibe-in-guild') as object;
    const { channel: _, locale: __, context: ___, ...bare } = vibe as Record<string, unknown>;
    expect(takeInteraction(bare)?.incoming.request).toMatchObject({
      asker: { locale: null },
      chat: { shared: true },
      address: { posts: 'by itself' },
    });
    expect(takeInteraction({ ...vibe, member: undefined, user: undefined })).toBeNull();
    const { id, type, channel_id, author } = recorded('messages', 'dm-photo') as RawMessage & Fields;
    expect(takeMessage({ id, type, channel_id, author })?.request.call).toEqual({
      command: 'help',
      asked: true,
    });
  });

  it('does not throw where it is broken', () => {
    const vibe = recorded('interactions', 'vibe-in-guild');
    for (const broken of [
      null,
      [],
      'x',
      {},
      { ...vibe, token: 5 },
      { ...vibe, data: null },
      { ...vibe, id: 1 },
    ]) {
      expect(interactionSchema.safeParse(broken).success).toBe(false);
    }
    const text = recorded('messages', 'dm-text');
    for (const broken of [null, [], {}, { ...text, author: null }, { ...text, attachments: 'x' }]) {
      expect(messageSchema.safeParse(broken).success).toBe(false);
    }
  });
});

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-structure */
const INTERACTION = {
  promised:
    'id application_id type token version app_permissions entitlements authorizing_integration_owners attachment_size_limit',
  possible: 'data guild guild_id channel channel_id member user message locale guild_locale context',
};
/** https://docs.discord.com/developers/resources/message#message-object-message-structure, and the event's own fields */
const MESSAGE = {
  promised:
    'id channel_id author content timestamp edited_timestamp tts mention_everyone mentions mention_roles attachments embeds pinned type',
  possible:
    'flags webhook_id application_id message_reference message_snapshots referenced_message interaction_metadata components sticker_items nonce guild_id member',
};
/** https://docs.discord.com/developers/resources/message#message-snapshot-object */
const SNAPSHOT = {
  promised: 'type content embeds attachments timestamp edited_timestamp flags mentions mention_roles',
  possible: 'stickers sticker_items components',
};
/** https://docs.discord.com/developers/resources/message#attachment-object */
const ATTACHMENT = {
  promised: 'id filename size url proxy_url',
  possible: 'title description content_type height width ephemeral duration_secs waveform flags',
};

type Documented = typeof MESSAGE;
type Fields = Readonly<Record<string, unknown>>;

function undocumented(value: unknown, { promised, possible }: Documented): readonly string[] {
  const fields = Object.keys(value as Fields);
  const known = [...promised.split(' '), ...possible.split(' ')];
  return [
    ...fields.filter((field) => !known.includes(field)).map((field) => `${field} is not documented`),
    ...promised.split(' ').flatMap((field) => (fields.includes(field) ? [] : [`${field} is promised`])),
  ];
}

function ofFiles(value: unknown): readonly string[] {
  return (value as readonly unknown[]).flatMap((file) => undocumented(file, ATTACHMENT));
}

function ofMessage(value: unknown): readonly string[] {
  const { attachments, referenced_message: replied, message_snapshots: forwarded = [] } = value as Fields;
  const snapshots = (forwarded as readonly { message: Fields }[]).map(({ message }) => message);
  return [
    ...undocumented(value, MESSAGE),
    ...ofFiles(attachments),
    ...(replied ? ofMessage(replied) : []),
    ...snapshots.flatMap((message) => [
      ...undocumented(message, SNAPSHOT),
      ...ofFiles(message['attachments']),
    ]),
  ];
}

describe('the recorded events', () => {
  it.each(interactions)('have the form that Discord tells: $name', ({ raw }) => {
    const { resolved } = raw.data ?? {};
    expect([
      ...undocumented(raw, INTERACTION),
      ...(raw.message ? ofMessage(raw.message) : []),
      ...Object.values(resolved?.messages ?? {}).flatMap(ofMessage),
      ...ofFiles(Object.values(resolved?.attachments ?? {})),
    ]).toEqual([]);
  });

  it.each(messages)('have the form that Discord tells: message $name', ({ raw }) => {
    expect(ofMessage(raw)).toEqual([]);
  });
});
