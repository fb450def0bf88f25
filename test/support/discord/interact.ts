import { randomBytes } from 'node:crypto';
import { botPermissionsIn } from './channel-rights.ts';
import { UPLOAD_LIMIT } from './check-message.ts';
import type { DiscordUser, Json } from './discord-types.ts';
import { type DeadToken, InteractionType, type StoredInteraction } from './interaction-store.ts';
import { type SeenMessage, see } from './message-store.ts';
import { BOT_PERMISSIONS, isIn, Permission } from './permission.ts';
import type { Channel, Member } from './place-store.ts';
import { rawChannel, rawMember } from './raw-places.ts';
import type { World } from './world.ts';

const ACKNOWLEDGE_WITHIN = 3000;

/** Who does something, where, and as whose app. */
export interface Acting {
  readonly by: DiscordUser;
  /** The direct messages with the bot unless told. */
  readonly channel?: Channel;
  readonly locale?: string;
  /** What the app is installed to; in a guild without the bot and in private channels, the user. */
  readonly installed?: 'guild' | 'user' | 'both';
  /** What the bot is told that it may do there; unless told, what it may do. */
  readonly appPermissions?: bigint;
  /** Most bytes one file of an answer may have: more in guilds with boosts. */
  readonly attachmentSizeLimit?: number;
  /** How long after it was sent it can be acknowledged, in milliseconds; with a negative one it is always too late. */
  readonly deadlineMs?: number;
}

/** Something a person has done with the bot, and what has become of it. */
export class Interaction {
  readonly #world: World;
  readonly #stored: StoredInteraction;

  constructor(world: World, stored: StoredInteraction) {
    this.#world = world;
    this.#stored = stored;
  }

  get id(): string {
    return this.#stored.id;
  }

  get token(): string {
    return this.#stored.token;
  }

  /** As the gateway told it. */
  get raw(): Json {
    return this.#stored.raw;
  }

  /** The type of the callback the bot has sent; undefined until then. */
  get acknowledgedAs(): number | undefined {
    return this.#stored.acknowledgedAs;
  }

  /** How many milliseconds after it was sent it was acknowledged. */
  get acknowledgedAfter(): number | undefined {
    return this.#stored.acknowledgedAfter;
  }

  /** The answer as it is now: what `@original` means. Of a press that was only taken, the message pressed. */
  get answer(): SeenMessage | undefined {
    const stored =
      this.#stored.acknowledgedAs === undefined
        ? undefined
        : this.#world.messages.get(this.#stored.originalId);
    return stored && see(stored, this.#world.present(stored.raw));
  }

  /** Makes it too late to acknowledge it. */
  missDeadline(): void {
    this.#stored.deadline = -1;
  }

  /** Ends the life of its token; Discord says either. */
  expire(refusedAs: DeadToken = 50027): void {
    this.#stored.refusedAs = refusedAs;
  }
}

interface Content {
  readonly type: number;
  readonly data: Json;
  readonly message?: Json;
  readonly sourceId?: string;
}

/** Sends an interaction: the clock for the bot's answer starts here. */
export function interact(
  world: World,
  { type, data, message, sourceId }: Content,
  acting: Acting,
): Interaction {
  const { by, locale = 'en-US', attachmentSizeLimit = UPLOAD_LIMIT } = acting;
  const channel = acting.channel ?? world.places.dm(by);
  const { guild } = channel;
  const member = guild && world.places.addMember(guild, by);
  const isGuest = !(guild ? guild.hasBot : channel.hasBot);
  const token = `aW50ZXJhY3Rpb24${randomBytes(48).toString('base64url')}`;
  const id = world.clock.snowflake();
  const raw: Json = {
    id,
    application_id: world.bot.id,
    type,
    data,
    ...(member ? guildFields(channel, member) : { user: by }),
    channel: rawChannel(channel, world.bot.id),
    channel_id: channel.id,
    ...(message && { message }),
    token,
    version: 1,
    locale,
    app_permissions: String(acting.appPermissions ?? appPermissions(channel)),
    entitlements: [],
    authorizing_integration_owners: ownersOf(channel, acting),
    context: contextOf(channel),
    attachment_size_limit: attachmentSizeLimit,
  };
  const stored = world.interactions.add({
    id,
    token,
    type,
    raw,
    by,
    channel,
    sourceId,
    uploadLimit: attachmentSizeLimit,
    isGuest,
    // where people may not use their own apps in public, they do it for themselves
    isPrivate: isGuest && member !== undefined && !isIn(member.permissions, Permission.useExternalApps),
    deadline: acting.deadlineMs ?? ACKNOWLEDGE_WITHIN,
  });
  world.dispatch('INTERACTION_CREATE', raw, { guildId: guild?.id });
  return new Interaction(world, stored);
}

export { InteractionType };

function guildFields({ guild }: Channel, member: Member): Json {
  if (!guild) return {};
  const { id, locale } = guild;
  return {
    guild_id: id,
    guild_locale: locale,
    guild: { id, locale, features: [] },
    member: rawMember(member, member.permissions),
  };
}

function appPermissions(channel: Channel): bigint {
  const { guild, hasBot } = channel;
  if (guild ? guild.hasBot : hasBot) return botPermissionsIn(channel);
  // somebody's own app may do no more than this where it is not a member
  return (
    (BOT_PERMISSIONS & ~Permission.viewChannel & ~Permission.readMessageHistory) | Permission.mentionEveryone
  );
}

/** Whose app it is there: by the kind of installation, the guild or the user. */
export function ownersOf(channel: Channel, { installed, by }: Acting): Json {
  const { guild, hasBot } = channel;
  const as = installed ?? ((guild ? guild.hasBot : hasBot) ? 'guild' : 'user');
  return {
    // in direct messages, a guild's app is nobody's in particular
    ...(as !== 'user' && { 0: guild?.id ?? '0' }),
    ...(as !== 'guild' && { 1: by.id }),
  };
}

/** 0 in a guild, 1 in direct messages with the bot, 2 where people are among themselves. */
export function contextOf({ guild, hasBot }: Channel): number {
  if (guild) return 0;
  return hasBot ? 1 : 2;
}
