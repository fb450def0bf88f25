import type { FileGiven } from './attachment-store.ts';
import type { DiscordMessage, DiscordUser } from './discord-types.ts';
import type { Acting, Interaction } from './interact.ts';
import { announceDeletion, rewriteMessage, type Sending, sendMessage } from './people-messages.ts';
import type {
  Channel,
  ChannelOptions,
  Guild,
  GuildOptions,
  Member,
  MemberOptions,
  UserOptions,
} from './place-store.ts';
import { chooseOptions, type Pressable, type PressOptions, pressButton } from './press-and-choose.ts';
import { guildCreate, rawChannel } from './raw-places.ts';
import { type OptionValues, runCommand, runMessageCommand } from './run-command.ts';
import { forwardMessage, sendVoiceMessage } from './special-messages.ts';
import type { Routing, World } from './world.ts';

interface FromMessage {
  readonly id: string;
}

/** What people do. Commands, presses and choices return the interaction; what is written returns the message. */
export class UserActions {
  protected readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  user(options?: UserOptions): DiscordUser {
    return this.world.places.addUser(options);
  }

  /** A guild with a text channel `general`, and with the bot unless told. */
  guild(options: GuildOptions = {}): Guild {
    const guild = this.world.places.addGuild(options);
    if (guild.hasBot) this.#tell(guild);
    return guild;
  }

  /** Invites the bot to a guild it was not in. */
  addBot(guild: Guild): void {
    guild.hasBot = true;
    this.#tell(guild);
  }

  removeBot(guild: Guild): void {
    guild.hasBot = false;
    this.world.dispatch('GUILD_DELETE', { id: guild.id }, { guildId: guild.id });
  }

  /** What somebody may do in a guild; whoever acts in one becomes a member anyway. */
  member(guild: Guild, user: DiscordUser, options?: MemberOptions): Member {
    return this.world.places.addMember(guild, user, options);
  }

  channel(guild: Guild, options?: ChannelOptions): Channel {
    const channel = this.world.places.addChannel(guild, options);
    this.#tellChannel('CHANNEL_CREATE', channel);
    return channel;
  }

  /** A thread of a text channel, or a post of a forum. */
  thread(parent: Channel, options?: ChannelOptions): Channel {
    const thread = this.world.places.addThread(parent, options);
    this.#tellChannel('THREAD_CREATE', thread);
    return thread;
  }

  /** The channel of the bot with somebody; the bot can write to it. */
  dm(user: DiscordUser): Channel {
    return this.world.places.dm(user);
  }

  /** A channel of people among themselves, where the bot is no more than somebody's own app. */
  privateChannel(...people: readonly DiscordUser[]): Channel {
    return this.world.places.addPrivateChannel(people);
  }

  /** Changes what the bot may do in one channel; undefined makes it what it is in the guild. */
  allowBot(channel: Channel, permissions: bigint | undefined): void {
    channel.botPermissions = permissions;
    this.#tellChannel('CHANNEL_UPDATE', channel);
  }

  /** Takes no more messages from the bot. */
  block(user: DiscordUser): void {
    this.world.places.blocked.add(user.id);
  }

  unblock(user: DiscordUser): void {
    this.world.places.blocked.delete(user.id);
  }

  sendText(content: string, sending: Sending): DiscordMessage {
    return sendMessage(this.world, content, sending);
  }

  /** A message with pictures or other files, and perhaps a text. */
  sendFiles(files: readonly FileGiven[], sending: Omit<Sending, 'files'>, content = ''): DiscordMessage {
    return sendMessage(this.world, content, { ...sending, files });
  }

  sendVoice(sending: Omit<Sending, 'files'>): DiscordMessage {
    return sendVoiceMessage(this.world, sending);
  }

  /** What the message shows stands in `message_snapshots`, with new addresses of its files. */
  forward(message: FromMessage, sending: Omit<Sending, 'files' | 'replyTo'>): DiscordMessage {
    return forwardMessage(this.world, message.id, sending);
  }

  /** Opens a post in a forum: a thread whose first message, the returned one, has the thread's own id. */
  post(
    forum: Channel,
    { name, ...sending }: Sending & Pick<ChannelOptions, 'name'>,
    content = '',
  ): DiscordMessage {
    const channel = this.thread(forum, { name: name ?? 'post' });
    return sendMessage(this.world, content, { ...sending, channel, more: { id: channel.id } });
  }

  editText(message: FromMessage, content: string): DiscordMessage {
    return rewriteMessage(this.world, message.id, content);
  }

  deleteMessage({ id }: FromMessage): void {
    const stored = this.world.messages.get(id);
    if (!stored) throw new Error(`there is no message ${id} to delete`);
    stored.deleted = true;
    announceDeletion(this.world, stored);
  }

  /** `/vibe image:… genre:…` is `slash('vibe', { image: { bytes }, genre: 'jazz' }, { by })`. */
  slash(command: string, options: OptionValues, acting: Acting): Interaction {
    return runCommand(this.world, command, options, acting);
  }

  /** Chooses a command from the menu of a message. */
  useOnMessage(command: string, message: FromMessage, acting: Acting): Interaction {
    return runMessageCommand(this.world, command, message.id, acting);
  }

  /** Presses a button of a message, found by its label or custom id, and throws where there is none such. */
  press(message: Pressable, button: string, by: DiscordUser, options: PressOptions = {}): Interaction {
    return pressButton(this.world, message, button, { ...options, by });
  }

  /** Chooses from a list of a message: the only one, or the one with this custom id or placeholder. */
  choose(
    message: Pressable,
    values: readonly string[],
    by: DiscordUser,
    { select, ...options }: PressOptions & { readonly select?: string } = {},
  ): Interaction {
    return chooseOptions(this.world, message, { select, values }, { ...options, by });
  }

  /** Ends all addresses of files given out so far; what is told from now on has new ones. */
  expireAttachments(): void {
    this.world.attachments.expire();
  }

  /** Sends any other event. */
  dispatch(event: string, data: object, routing?: Routing): void {
    this.world.dispatch(event, data, routing);
  }

  #tell(guild: Guild): void {
    const data = guildCreate(guild, this.world.bot, this.world.places.channels.values());
    this.world.dispatch('GUILD_CREATE', data, { guildId: guild.id });
  }

  #tellChannel(event: string, channel: Channel): void {
    if (!channel.guild?.hasBot) return;
    this.world.dispatch(event, rawChannel(channel, this.world.bot.id), { guildId: channel.guild.id });
  }
}
