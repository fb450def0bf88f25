import type { CallMatch, Violation, WaitOptions } from '../local-server/call-log.ts';
import type { FaultHandle } from '../local-server/fault-queue.ts';
import { LocalServer } from '../local-server/local-server.ts';
import { CallServer } from './call-server.ts';
import type { StoredCommand } from './command-store.ts';
import { type DiscordCall, DiscordCallLog } from './discord-call-log.ts';
import type { DiscordFaultRequest } from './discord-faults.ts';
import { checkMethodName, prepareChecks } from './discord-spec.ts';
import type { DiscordUser } from './discord-types.ts';
import { Gateway } from './gateway.ts';
import { makeUser } from './make-user.ts';
import { type SeenMessage, type StoredMessage, see } from './message-store.ts';
import type { Channel } from './place-store.ts';
import { UserActions } from './user-actions.ts';
import { World } from './world.ts';

const BOT_ID = '1100000000000000001';

export interface FakeDiscordOptions {
  readonly token?: string;
  readonly bot?: { readonly id?: string; readonly username?: string };
  /** In milliseconds; as long as Discord's unless told. */
  readonly heartbeatInterval?: number;
  /** How many shards `GET /gateway/bot` recommends. */
  readonly shards?: number;
  /** How many shards may identify at once; with one, clients wait five seconds between two. */
  readonly maxConcurrency?: number;
  /** Gives who identifies sooner after another one an invalid session, as Discord does within 5,000 ms; never unless told. */
  readonly identifyEveryMs?: number;
  /** Privileged intents the bot was granted. */
  readonly privilegedIntents?: number;
}

/** Starts a Discord of one's own on a free port of this machine. */
export async function startFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const { id = BOT_ID, username = 'vibe_test_bot' } = options.bot ?? {};
  const bot = makeUser({ id, username, globalName: null, bot: true });
  const token =
    options.token ?? `${Buffer.from(id).toString('base64url')}.GfAkE0.${'tokenForTestsOnly'.padEnd(38, '0')}`;
  const fake = new FakeDiscord(new World(bot, token, new DiscordCallLog()), token, options);
  prepareChecks();
  await fake.listen();
  return fake;
}

/**
 * Discord as the bot sees it: REST, gateway and CDN at one address, and people who use the bot.
 * Calls are held against Discord's own document and its limits; what breaks them is in `violations`.
 */
export class FakeDiscord extends UserActions {
  readonly token: string;
  /** Sessions, heartbeats and events: `drop`, `reconnect`, `invalidate`, `closeWith`, and what has happened. */
  readonly gateway: Gateway;
  readonly #server: LocalServer;
  readonly #calls: CallServer;

  constructor(world: World, token: string, options: FakeDiscordOptions) {
    super(world);
    this.token = token;
    world.privilegedIntents = options.privilegedIntents ?? 0;
    this.gateway = new Gateway(world, {
      heartbeatInterval: options.heartbeatInterval ?? 41_250,
      shards: options.shards ?? 1,
      maxConcurrency: options.maxConcurrency ?? 16,
      identifyEveryMs: options.identifyEveryMs,
      identifies: 1000,
    });
    this.#calls = new CallServer(world, this.gateway.methods);
    this.#server = new LocalServer(
      (request, response) => this.#calls.serve(request, response),
      (request, socket, head) => this.gateway.upgrade(request, socket, head),
    );
  }

  /** `http://127.0.0.1:1234` */
  get url(): string {
    return this.world.origin;
  }

  /** For discord.js's `rest.api`, and whatever takes Discord's address without a version. */
  get apiUrl(): string {
    return `${this.url}/api`;
  }

  /** Host and port that files are served at. */
  get cdnHost(): string {
    return new URL(this.url).host;
  }

  get bot(): DiscordUser {
    return this.world.bot;
  }

  /** Every call in order of arrival, downloads (`file`) among them. */
  get calls(): readonly DiscordCall[] {
    return this.world.log.calls;
  }

  /** The calls of one method, by Discord's name for it, such as `create_message`; without a name, all. */
  callsOf(method?: string): readonly DiscordCall[] {
    if (method !== undefined) checkMethodName(method);
    return this.calls.filter((call) => method === undefined || call.method === method);
  }

  /** Every refusal for breaking Discord's document or a limit. */
  get violations(): readonly Violation[] {
    return this.world.log.violations;
  }

  /** The first call that fits, past or to come. Rejects when the time is over, and tells what calls there were. */
  async waitForCall(match: CallMatch<DiscordCall>, options?: WaitOptions): Promise<DiscordCall> {
    if (typeof match === 'string') checkMethodName(match);
    return await this.world.log.waitForCall(match, options);
  }

  /** Waits until the predicate holds; it is asked after every call and everything on the gateway. */
  async waitUntil(predicate: () => unknown, options?: WaitOptions): Promise<void> {
    await this.world.log.waitUntil(predicate, options);
  }

  /** A message as it is now. Throws where there never was one. */
  message(id: string): SeenMessage {
    const stored = this.world.messages.get(id);
    if (!stored) throw new Error(`there is no message ${id}`);
    return this.#see(stored);
  }

  /** All messages of a channel, oldest first; those from people, ephemeral and deleted ones, too. */
  messagesIn({ id }: Pick<Channel, 'id'>): readonly SeenMessage[] {
    return this.world.messages.in(id).map((stored) => this.#see(stored));
  }

  /** The commands the bot has registered, for everywhere or for one guild. */
  commands(guildId?: string): readonly StoredCommand[] {
    return this.world.commands.of(guildId);
  }

  /** Lets the next call (or `times` calls) of a method, or the next download (`file`), go wrong. */
  fail(request: DiscordFaultRequest): FaultHandle<DiscordCall> {
    return this.#calls.faults.add(request);
  }

  /** Holds every call of a method until the function it returns is called. */
  hold(method: string): () => void {
    const { release } = this.fail({ method, kind: 'stall', times: Number.POSITIVE_INFINITY });
    return release;
  }

  /** Takes the bot's token from it: no call and no connection goes with it any more. */
  revokeToken(): void {
    this.world.token = undefined;
    this.gateway.closeWith(4004);
  }

  /** The same, and gives it another one. */
  replaceToken(): string {
    const token = `${Buffer.from(this.bot.id).toString('base64url')}.GnEwE1.${'newTokenForTestsOnly'.padEnd(38, '1')}`;
    this.world.token = token;
    this.gateway.closeWith(4004);
    return token;
  }

  /** Moves the server's clock ahead: deadlines, tokens and addresses of files go by it. */
  advance(ms: number): void {
    this.world.clock.advance(ms);
  }

  async listen(): Promise<void> {
    await this.#server.listen();
    this.world.origin = this.#server.origin;
  }

  async close(): Promise<void> {
    this.gateway.close();
    this.#calls.faults.close();
    await this.#server.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #see(stored: StoredMessage): SeenMessage {
    return see(stored, this.world.present(stored.raw));
  }
}
