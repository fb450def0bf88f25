import { isDeepStrictEqual } from 'node:util';
import type { Clock } from './clock.ts';
import type { Json } from './discord-types.ts';

/** A command as Discord keeps it. */
export interface StoredCommand {
  readonly id: string;
  readonly version: string;
  readonly type: number;
  readonly name: string;
  readonly guildId: string | undefined;
  /** As it was registered. */
  readonly given: Json;
}

/** The commands the bot has registered, for everywhere and for single guilds. */
export class CommandStore {
  readonly #sets = new Map<string | undefined, readonly StoredCommand[]>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(guildId: string | undefined): readonly StoredCommand[] {
    return this.#sets.get(guildId) ?? [];
  }

  /** Puts commands in the place of all there were; one that stays as it was keeps its version, and its id anyway. */
  replace(guildId: string | undefined, commands: readonly Json[]): readonly StoredCommand[] {
    const before = this.of(guildId);
    const made = commands.map((given): StoredCommand => {
      const [name, type] = [String(given['name']), Number(given['type'] ?? 1)];
      const known = before.find((command) => command.name === name && command.type === type);
      const isSame = known !== undefined && isDeepStrictEqual(known.given, given);
      if (isSame) return known;
      return {
        id: known?.id ?? this.#clock.snowflake(),
        version: this.#clock.snowflake(),
        type,
        name,
        guildId,
        given,
      };
    });
    this.#sets.set(guildId, made);
    return made;
  }

  remove(guildId: string | undefined, id: string): boolean {
    const kept = this.of(guildId).filter((command) => command.id !== id);
    const isThere = kept.length < this.of(guildId).length;
    this.#sets.set(guildId, kept);
    return isThere;
  }

  /** The command people see under this name in a guild or anywhere else. */
  find(name: string, type: number, guildId: string | undefined): StoredCommand | undefined {
    const known = [...(guildId === undefined ? [] : this.of(guildId)), ...this.of(undefined)];
    return known.find((command) => command.name === name && command.type === type);
  }

  get isEmpty(): boolean {
    return [...this.#sets.values()].every((commands) => commands.length === 0);
  }
}
