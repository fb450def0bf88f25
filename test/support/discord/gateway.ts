import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { shardOf } from './clock.ts';
import type { DiscordMessage } from './discord-types.ts';
import { Close, GatewayConnection, type GatewayNote, type GatewayState } from './gateway-connection.ts';
import { type GatewaySession, Op, write } from './gateway-session.ts';
import { withoutContent } from './hide-content.ts';
import { IdentifyLimit } from './identify-limit.ts';
import { wants } from './intents.ts';
import type { Methods } from './method.ts';
import type { Routing, World } from './world.ts';

/** An event as it went out, or did not. */
export interface SentEvent {
  readonly event: string;
  readonly data: object;
  /** Those that get it, at once or when they resume. */
  readonly shards: readonly number[];
  /** `kept` waits for a client to resume; `filtered` needs an intent nobody has; `lost` finds no session at all. */
  readonly fate: 'sent' | 'kept' | 'filtered' | 'lost';
}

export interface GatewayOptions {
  readonly heartbeatInterval: number;
  /** How many shards Discord recommends. */
  readonly shards: number;
  /** How many may identify at once. */
  readonly maxConcurrency: number;
  /** The least time between two of them, in milliseconds. */
  readonly identifyEveryMs: number | undefined;
  /** How many times one may identify in a day. */
  readonly identifies: number;
}

/** Discord's gateway: sessions, heartbeats, events. A shard's number narrows what is done to that shard. */
export class Gateway {
  /** What clients have sent, in order of arrival. */
  readonly notes: GatewayNote[] = [];
  readonly events: SentEvent[] = [];
  /** Refuses connections. */
  isDown = false;
  readonly #state: GatewayState;
  readonly #options: GatewayOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #dropsAt = new Set<string>();

  constructor(world: World, options: GatewayOptions) {
    this.#options = options;
    this.#state = {
      world,
      sessions: new Set(),
      heartbeatInterval: options.heartbeatInterval,
      identifyLimit: new IdentifyLimit({ ...options, everyMs: options.identifyEveryMs }),
      isAcknowledging: true,
      note: (note) => {
        this.notes.push({ ...note, at: performance.now() });
        world.log.changed();
      },
    };
    world.dispatch = (event, data, routing) => this.dispatch(event, data, routing);
  }

  get sessions(): readonly GatewaySession[] {
    return [...this.#state.sessions];
  }

  /** What clients have sent of one kind. */
  notesOf(kind: GatewayNote['kind']): readonly GatewayNote[] {
    return this.notes.filter((note) => note.kind === kind);
  }

  get methods(): Methods {
    const url = () => this.#state.world.origin.replace('http', 'ws');
    const { shards, maxConcurrency, identifies } = this.#options;
    return {
      get_gateway: () => ({ url: url() }),
      get_bot_gateway: () => ({
        url: url(),
        shards,
        session_start_limit: {
          total: identifies,
          remaining: identifies - this.notesOf('identify').length,
          // were it soon over, clients would ask again and again
          reset_after: 14_400_000,
          max_concurrency: maxConcurrency,
        },
      }),
    };
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.isDown) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', 'ws://localhost');
    this.#server.handleUpgrade(request, socket, head, (client) => {
      const isRight = searchParams.get('v') === '10' && searchParams.get('encoding') === 'json';
      if (!isRight || searchParams.has('compress')) client.close(Close.invalidVersion);
      else new GatewayConnection(client, this.#state, pathname);
    });
  }

  /** Sends an event to every session that should get it. */
  dispatch(event: string, data: object, routing: Routing = {}): void {
    const { guildId } = routing;
    const mine = this.sessions.filter(({ shard: [id, count] }) => shardOf(guildId, count) === id);
    const willing = mine.filter(({ intents }) => wants(intents, event, guildId === undefined));
    const isDropping = this.#dropsAt.delete(event);
    for (const session of willing) {
      if (isDropping) session.cut();
      session.send(event, this.#seenBy(session, event, data, routing));
    }
    const isSent = willing.some(({ isConnected }) => isConnected);
    const unsent = mine.length > 0 ? 'filtered' : 'lost';
    const shards = willing.map(({ shard: [id] }) => id);
    this.events.push({ event, data, shards, fate: isSent ? 'sent' : willing.length > 0 ? 'kept' : unsent });
    this.#state.world.log.changed();
  }

  /** Ends the connection the moment the next event of this kind would go out; it comes when the client resumes. */
  dropAt(event: string): void {
    this.#dropsAt.add(event);
  }

  /** Ends connections without a word. */
  drop(shard?: number): void {
    for (const session of this.#connected(shard)) session.cut();
  }

  /** Asks clients to reconnect. */
  reconnect(shard?: number): void {
    for (const { socket } of this.#connected(shard)) if (socket) write(socket, { op: Op.reconnect, d: null });
  }

  /** Tells clients that their session is over; where it is not resumable, it really is. */
  invalidate({
    resumable = false,
    shard,
  }: {
    readonly resumable?: boolean;
    readonly shard?: number;
  } = {}): void {
    for (const session of this.#connected(shard)) {
      if (!resumable) this.#state.sessions.delete(session);
      if (session.socket) write(session.socket, { op: Op.invalidSession, d: resumable });
      // the connection stays, and may be resumed or identified on anew
      session.socket = undefined;
    }
  }

  /** Leaves heartbeats without an answer, until the function it returns is called. */
  withholdAcks(): () => void {
    this.#state.isAcknowledging = false;
    return () => {
      this.#state.isAcknowledging = true;
    };
  }

  /** Closes connections with a code. */
  closeWith(code: number, shard?: number): void {
    for (const { socket } of this.#connected(shard)) socket?.close(code);
  }

  /** Forgets all sessions, connected or not: whoever wants to resume has to identify. */
  forgetSessions(): void {
    this.#state.sessions.clear();
  }

  /** Asks for a heartbeat out of turn. */
  askHeartbeat(shard?: number): void {
    for (const { socket } of this.#connected(shard)) if (socket) write(socket, { op: Op.heartbeat, d: null });
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #connected(shard?: number): GatewaySession[] {
    return this.sessions.filter((one) => one.isConnected && (shard === undefined || one.shard[0] === shard));
  }

  #seenBy({ intents }: GatewaySession, event: string, data: object, routing: Routing): object {
    if (event !== 'MESSAGE_CREATE' && event !== 'MESSAGE_UPDATE') return data;
    const { world } = this.#state;
    const { keepReferenced = false } = routing;
    const message = withoutContent(world, data as DiscordMessage, { intents, keepReferenced });
    // by this alone clients know a direct message for one
    return { ...message, channel_type: world.places.channels.get(message.channel_id)?.type };
  }
}
