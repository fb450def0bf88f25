import type { WebSocket } from 'ws';
import { isRecord } from '../local-server/is-record.ts';
import { shardOf } from './clock.ts';
import type { Json } from './discord-types.ts';
import { GatewaySession, Op, write } from './gateway-session.ts';
import type { IdentifyLimit } from './identify-limit.ts';
import { ALL_INTENTS, PRIVILEGED, wants } from './intents.ts';
import { guildCreate } from './raw-places.ts';
import type { World } from './world.ts';

/** Why the gateway ends a connection. */
export const Close = {
  unknownOp: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSequence: 4007,
  invalidShard: 4010,
  invalidVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

/** What a client has sent: `identify`, `resume`, `heartbeat`; and how a connection has begun and ended. */
export interface GatewayNote {
  readonly kind: 'connect' | 'identify' | 'resume' | 'heartbeat' | 'close';
  /** `performance.now()` */
  readonly at: number;
  /** Where it has connected to: `/`, or `/resume`, which READY names. */
  readonly path: string;
  readonly shard: readonly [number, number] | undefined;
  readonly data: Json;
}

/** What all connections have in common. */
export interface GatewayState {
  readonly world: World;
  readonly sessions: Set<GatewaySession>;
  readonly heartbeatInterval: number;
  readonly identifyLimit: IdentifyLimit;
  isAcknowledging: boolean;
  note(note: Omit<GatewayNote, 'at'>): void;
}

let count = 0;

/** One connection of a client: what comes in on it. */
export class GatewayConnection {
  readonly #socket: WebSocket;
  readonly #state: GatewayState;
  readonly #path: string;
  #session: GatewaySession | undefined;

  constructor(socket: WebSocket, state: GatewayState, path: string) {
    this.#socket = socket;
    this.#state = state;
    this.#path = path;
    this.#note('connect', {});
    socket.on('message', (bytes) => this.#receive(String(bytes)));
    socket.on('close', (code) => this.#closed(code));
    socket.on('error', () => socket.terminate());
    write(socket, { op: Op.hello, d: { heartbeat_interval: state.heartbeatInterval, _trace: [] } });
  }

  get #isAuthenticated(): boolean {
    return this.#session?.socket === this.#socket;
  }

  #closed(code: number): void {
    const session = this.#session;
    if (session?.socket === this.#socket) {
      session.socket = undefined;
      // a client that says goodbye properly will not come back for what it misses
      if (code === 1000 || code === 1001) this.#state.sessions.delete(session);
    }
    this.#note('close', { code });
  }

  #receive(text: string): void {
    const { op, d } = parse(text) ?? {};
    const data = isRecord(d) ? d : { d };
    switch (op) {
      case Op.heartbeat:
        this.#beat(data);
        break;
      case Op.identify:
        this.#note('identify', data, data['shard'] as GatewayNote['shard']);
        if (this.#isAuthenticated) this.#socket.close(Close.alreadyAuthenticated);
        else this.#identify(data);
        break;
      case Op.resume:
        this.#note('resume', data);
        if (this.#isAuthenticated) this.#socket.close(Close.alreadyAuthenticated);
        else this.#resume(data);
        break;
      case Op.presence:
      case Op.voiceState:
      case Op.requestMembers:
        if (!this.#isAuthenticated) this.#socket.close(Close.notAuthenticated);
        break;
      default:
        this.#socket.close(op === undefined ? Close.decodeError : Close.unknownOp);
    }
    this.#state.world.log.changed();
  }

  #beat(data: Json): void {
    this.#note('heartbeat', data);
    if (this.#session) this.#session.heartbeatAt = performance.now();
    if (this.#state.isAcknowledging) write(this.#socket, { op: Op.heartbeatAck, d: null });
  }

  #identify(data: Json): void {
    const intents = Number(data['intents'] ?? Number.NaN);
    const shard = (data['shard'] ?? [0, 1]) as readonly [number, number];
    const problem = this.#problemOf(data['token'], intents, shard);
    if (problem !== undefined) {
      this.#socket.close(problem);
      return;
    }
    if (!this.#state.identifyLimit.take(shard[0])) {
      write(this.#socket, { op: Op.invalidSession, d: false });
      return;
    }
    count += 1;
    const session = new GatewaySession({ id: `session-${count}`, shard, intents });
    session.socket = this.#socket;
    this.#session = session;
    this.#state.sessions.add(session);
    this.#greet(session);
  }

  #problemOf(token: unknown, intents: number, [id, shards]: readonly [number, number]): number | undefined {
    const { world } = this.#state;
    if (token !== world.token) return Close.authenticationFailed;
    if (!Number.isInteger(intents) || (intents & ~ALL_INTENTS) !== 0) return Close.invalidIntents;
    if ((intents & PRIVILEGED & ~world.privilegedIntents) !== 0) return Close.disallowedIntents;
    return id >= 0 && id < shards ? undefined : Close.invalidShard;
  }

  #greet(session: GatewaySession): void {
    const { bot, origin, places } = this.#state.world;
    const [id, shards] = session.shard;
    const guilds = [...places.guilds.values()].filter(
      (guild) => guild.hasBot && shardOf(guild.id, shards) === id,
    );
    session.send('READY', {
      v: 10,
      user: { ...bot, verified: true, mfa_enabled: false, email: null, flags: 0 },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: `${origin.replace('http', 'ws')}/resume`,
      shard: session.shard,
      application: { id: bot.id, flags: 0 },
      session_type: 'normal',
      private_channels: [],
      presences: [],
      relationships: [],
      user_settings: {},
      geo_ordered_rtc_regions: [],
      _trace: [],
    });
    if (!wants(session.intents, 'GUILD_CREATE', false)) return;
    for (const guild of guilds)
      session.send('GUILD_CREATE', guildCreate(guild, bot, places.channels.values()));
  }

  #resume(data: Json): void {
    const { world, sessions } = this.#state;
    const session = [...sessions].find(({ id }) => id === data['session_id']);
    const after = Number(data['seq']);
    if (data['token'] !== world.token) this.#socket.close(Close.authenticationFailed);
    else if (!session) write(this.#socket, { op: Op.invalidSession, d: false });
    else if (!(after >= 0 && after <= session.sequence)) this.#socket.close(Close.invalidSequence);
    else {
      this.#session = session;
      session.resume(this.#socket, after);
    }
  }

  #note(kind: GatewayNote['kind'], data: Json, shard = this.#session?.shard): void {
    this.#state.note({ kind, path: this.#path, shard, data });
  }
}

function parse(text: string): Json | undefined {
  try {
    const payload: unknown = JSON.parse(text);
    return isRecord(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}
