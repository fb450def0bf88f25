import { AttachmentStore } from './attachment-store.ts';
import { Clock } from './clock.ts';
import { CommandStore } from './command-store.ts';
import type { DiscordCallLog } from './discord-call-log.ts';
import type { DiscordAttachment, DiscordMessage, DiscordUser } from './discord-types.ts';
import { InteractionStore } from './interaction-store.ts';
import { MessageStore } from './message-store.ts';
import { PlaceStore } from './place-store.ts';

/** Where an event goes, and what is done to it on the way. */
export interface Routing {
  readonly guildId?: string | undefined;
  /** Leaves the content of a message that is answered, which the bot normally does not get to see. */
  readonly keepReferenced?: boolean;
}

/** All the server knows: people, places, messages, files, interactions, commands. */
export class World {
  readonly bot: DiscordUser;
  readonly log: DiscordCallLog;
  readonly clock = new Clock();
  readonly places = new PlaceStore(this.clock);
  readonly messages = new MessageStore();
  readonly interactions = new InteractionStore(this.clock);
  readonly commands = new CommandStore(this.clock);
  readonly attachments = new AttachmentStore(this.clock, () => this.origin);
  /** Where this server is: `http://127.0.0.1:1234`. */
  origin = '';
  /** Undefined once it is revoked. */
  token: string | undefined;
  /** Intents of the privileged kind that the bot was granted. */
  privilegedIntents = 0;
  /** Hands an event to the gateway. */
  dispatch: (event: string, data: object, routing?: Routing) => void = () => undefined;

  constructor(bot: DiscordUser, token: string, log: DiscordCallLog) {
    this.bot = bot;
    this.token = token;
    this.log = log;
    this.places.users.set(bot.id, bot);
  }

  /**
   * A message as Discord tells it now: the addresses of its files are signed anew.
   * Which guild it is in, and as which member of it somebody has written, only events tell.
   */
  present(raw: DiscordMessage): DiscordMessage {
    const { guild_id: _, member: __, ...fresh } = this.#refresh(raw) as DiscordMessage;
    return fresh;
  }

  /** The same as it comes in an event. */
  presentEvent(raw: DiscordMessage): DiscordMessage {
    const { guild_id, member } = raw;
    return { ...this.present(raw), ...(guild_id && { guild_id }), ...(member && { member }) };
  }

  #describe(attachment: DiscordAttachment): DiscordAttachment {
    const stored = this.attachments.get(attachment.id);
    return stored ? this.attachments.describe(stored) : attachment;
  }

  // Pictures in components name their file in `attachment_id`; a message that is forwarded has files, too.
  #refresh(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((inner) => this.#refresh(inner));
    if (typeof value !== 'object' || value === null) return value;
    const fresh: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) fresh[key] = this.#refresh(inner);
    const stored = this.attachments.get(String(fresh['attachment_id']));
    if (stored) fresh['url'] = fresh['proxy_url'] = this.attachments.sign(stored);
    const { attachments } = value as Partial<DiscordMessage>;
    if (attachments) fresh['attachments'] = attachments.map((attachment) => this.#describe(attachment));
    const referenced = fresh['referenced_message'] as DiscordMessage | null | undefined;
    if (referenced) fresh['referenced_message'] = this.present(referenced);
    return fresh;
  }
}
