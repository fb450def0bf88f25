import type { Clock } from './clock.ts';
import type { DiscordUser, Json } from './discord-types.ts';
import type { Channel } from './place-store.ts';

const TOKEN_LIFE = 15 * 60 * 1000;

export const InteractionType = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

/** An interaction, and what has become of it. */
export interface StoredInteraction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly raw: Json;
  readonly by: DiscordUser;
  readonly channel: Channel;
  /** The message whose button was pressed. */
  readonly sourceId: string | undefined;
  /** Most bytes one file of an answer may have. */
  readonly uploadLimit: number;
  /** Whether the bot is not there but for the one who asked: then there are five follow-ups at most. */
  readonly isGuest: boolean;
  /** Whether only the one who asked sees what answers it, whatever the bot wants. */
  readonly isPrivate: boolean;
  readonly sentAt: number;
  /** In milliseconds after `sentAt`. */
  deadline: number;
  /** The type of the callback that was taken. */
  acknowledgedAs: number | undefined;
  acknowledgedAfter: number | undefined;
  /** The message that `@original` means. */
  originalId: string | undefined;
  followUps: number;
  /** How its token is refused before its time is over. */
  refusedAs: DeadToken | undefined;
}

/** Discord's numbers for a token that opens nothing any more. */
export type DeadToken = 10015 | 50027;

type NewInteraction = Pick<
  StoredInteraction,
  | 'id'
  | 'token'
  | 'type'
  | 'raw'
  | 'by'
  | 'channel'
  | 'sourceId'
  | 'uploadLimit'
  | 'isGuest'
  | 'isPrivate'
  | 'deadline'
>;

/** The interactions of all people. */
export class InteractionStore {
  readonly #byToken = new Map<string, StoredInteraction>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(interaction: NewInteraction): StoredInteraction {
    const stored: StoredInteraction = {
      ...interaction,
      sentAt: this.#clock.now(),
      acknowledgedAs: undefined,
      acknowledgedAfter: undefined,
      originalId: interaction.sourceId,
      followUps: 0,
      refusedAs: undefined,
    };
    this.#byToken.set(stored.token, stored);
    return stored;
  }

  withToken(token: string | undefined): StoredInteraction | undefined {
    return token === undefined ? undefined : this.#byToken.get(token);
  }

  isAlive({ refusedAs, sentAt }: StoredInteraction): boolean {
    return refusedAs === undefined && this.#clock.now() - sentAt < TOKEN_LIFE;
  }

  get all(): readonly StoredInteraction[] {
    return [...this.#byToken.values()];
  }
}
