const EPOCH = 1_420_070_400_000n;

/** The server's own time: real time, and what a test has added to it. */
export class Clock {
  #ahead = 0;
  #lastId = 0n;

  /** In milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  advance(ms: number): void {
    this.#ahead += ms;
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** A new id, which tells when it was made; no two are of the same millisecond, so that guilds take turns of shards. */
  snowflake(): string {
    const now = BigInt(this.now()) - EPOCH;
    this.#lastId = now > this.#lastId ? now : this.#lastId + 1n;
    return String(this.#lastId << 22n);
  }
}

/** The shard that serves a guild; whatever has none is the first one's. */
export function shardOf(guildId: string | undefined, count: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
}
