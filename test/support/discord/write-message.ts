import type { StoredAttachment } from './attachment-store.ts';
import { checkMessage } from './check-message.ts';
import { type DiscordMessage, type DiscordUser, Flag, type MessageBody } from './discord-types.ts';
import { type Draft, indexOf, isComponentsV2, keptFiles, nameOf, toldOf } from './draft.ts';
import type { StoredMessage } from './message-store.ts';
import type { Channel } from './place-store.ts';
import { showComponents, shownFiles } from './show-components.ts';
import type { World } from './world.ts';

interface Posting {
  readonly channel: Channel;
  readonly author?: DiscordUser;
  readonly ephemeralFor?: string | undefined;
  readonly interactionId?: string | undefined;
  /** Fields beyond the content: `message_reference`, `interaction_metadata`. */
  readonly more?: Partial<DiscordMessage>;
}

/** A message without content, as it is before anything is put into it. */
export function blankMessage(world: World, { channel, author = world.bot, more }: Posting): DiscordMessage {
  return {
    id: world.clock.snowflake(),
    channel_id: channel.id,
    ...(channel.guild?.hasBot && { guild_id: channel.guild.id }),
    author,
    content: '',
    timestamp: world.clock.iso(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    type: 0,
    flags: 0,
    components: [],
    ...more,
  };
}

/** Posts a message of the bot's. Throws Discord's refusal where it breaks a limit; nothing has happened then. */
export function postMessage(world: World, draft: Draft, posting: Posting): StoredMessage {
  checkMessage(draft);
  const { ephemeralFor, interactionId } = posting;
  const blank = blankMessage(world, posting);
  const flags = ephemeralFor === undefined ? 0 : Flag.ephemeral;
  const stored = world.messages.add({ raw: { ...blank, flags }, fromBot: true, ephemeralFor, interactionId });
  write(world, stored, draft);
  announce(world, 'MESSAGE_CREATE', stored, posting.channel);
  return stored;
}

/** Puts new content into a message of the bot's. Throws Discord's refusal where it breaks a limit. */
export function editMessage(
  world: World,
  stored: StoredMessage,
  draft: Omit<Draft, 'before'>,
): StoredMessage {
  const whole: Draft = { ...draft, before: stored };
  checkMessage(whole);
  const { raw } = stored;
  // a deferred answer appears only now: until then it said that the bot is thinking
  write(world, stored, whole);
  const isFirst = (raw.flags & Flag.loading) !== 0;
  stored.raw = {
    ...stored.raw,
    flags: stored.raw.flags & ~Flag.loading,
    edited_timestamp: isFirst ? null : world.clock.iso(),
  };
  stored.edits += 1;
  announce(world, 'MESSAGE_UPDATE', stored);
  return stored;
}

/** Tells the gateway of a message that others can see, too. */
export function announce(
  world: World,
  event: string,
  { raw, ephemeralFor }: StoredMessage,
  channel?: Channel,
): void {
  const place = channel ?? world.places.channels.get(raw.channel_id);
  const isSeen = place?.guild ? place.guild.hasBot : place?.hasBot;
  if (ephemeralFor !== undefined || !isSeen) return;
  world.dispatch(event, world.presentEvent(raw), { guildId: raw.guild_id });
}

function write(world: World, stored: StoredMessage, draft: Draft): void {
  const { body } = draft;
  const isV2 = isComponentsV2(draft);
  const files = [
    ...keptFiles(draft).map((file) => world.attachments.change(file, toldOf(draft, file.id))),
    ...draft.files.map((file) => upload(world, stored, draft, file)),
  ];
  const components = body.components === undefined ? stored.raw.components : (body.components ?? []);
  const shown = showComponents(world, components, files);
  const used = isV2 ? shownFiles(shown) : new Set<string>();
  stored.files = files;
  stored.allowedMentions = body.allowed_mentions ?? undefined;
  stored.raw = {
    ...stored.raw,
    ...contentOf(world, body),
    flags: stored.raw.flags | ((body.flags ?? 0) & ~(Flag.ephemeral | Flag.loading)),
    components: shown,
    attachments: files.filter(({ id }) => !used.has(id)).map((file) => world.attachments.describe(file)),
  };
}

function contentOf(world: World, { content, embeds, nonce }: MessageBody): Partial<DiscordMessage> {
  return {
    ...(content !== undefined && { content: content ?? '', mentions: mentionsIn(world, content ?? '') }),
    ...(embeds !== undefined && { embeds: embeds ?? [] }),
    ...(nonce !== undefined && nonce !== null && { nonce }),
  };
}

/** The people a text mentions. */
export function mentionsIn(world: World, content: string): DiscordUser[] {
  const ids = new Set([...content.matchAll(/<@!?(\d+)>/g)].map(([, id = '']) => id));
  return [...ids].flatMap((id) => world.places.users.get(id) ?? []);
}

function upload(
  world: World,
  stored: StoredMessage,
  draft: Draft,
  file: Draft['files'][number],
): StoredAttachment {
  const { description, is_spoiler } = toldOf(draft, indexOf(file)) ?? {};
  return world.attachments.add(
    stored.raw.channel_id,
    {
      bytes: file.bytes,
      name: nameOf(draft, file),
      ...(description && { description }),
      ...(is_spoiler && { spoiler: true }),
    },
    stored.ephemeralFor !== undefined,
  );
}
