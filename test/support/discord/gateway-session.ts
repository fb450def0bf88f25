import type { WebSocket } from 'ws';
import type { Json } from './discord-types.ts';

export const Op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voiceState: 4,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

interface Sent {
  readonly op: 0;
  readonly t: string;
  readonly s: number;
  readonly d: object;
}

interface SessionStart {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
}

/** What a client has identified for: it outlives the connection, and remembers what it has sent. */
export class GatewaySession {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  /** `performance.now()` of the last heartbeat. */
  heartbeatAt: number | undefined;
  socket: WebSocket | undefined;
  readonly #sent: Sent[] = [];

  constructor({ id, shard, intents }: SessionStart) {
    this.id = id;
    this.shard = shard;
    this.intents = intents;
  }

  get isConnected(): boolean {
    return this.socket !== undefined;
  }

  /** The number of the last event. */
  get sequence(): number {
    return this.#sent.length;
  }

  /** Sends an event, or keeps it for when the client resumes. */
  send(event: string, data: object): void {
    const sent: Sent = { op: Op.dispatch, t: event, s: this.#sent.length + 1, d: data };
    this.#sent.push(sent);
    if (this.socket) write(this.socket, sent);
  }

  /** Ends its connection without a word. */
  cut(): void {
    this.socket?.terminate();
    this.socket = undefined;
  }

  /** Takes up the session on a new connection: all that was missed comes again, in order. */
  resume(socket: WebSocket, after: number): void {
    this.socket?.terminate();
    this.socket = socket;
    for (const sent of this.#sent.slice(after)) write(socket, sent);
    this.send('RESUMED', { _trace: [] });
  }
}

export function write(socket: WebSocket, payload: Json | Sent): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(payload));
}
