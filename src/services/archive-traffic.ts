import type { Calendar } from '../core/chat-ports.ts';

export interface ArchiveTrafficOptions {
  readonly calendar: Calendar;
  /** How long the archive may go on with a call after nobody waits for it, in milliseconds. */
  readonly runsOnMs: number;
  /** An earlier run may have left calls that go on. */
  readonly mayRunOn: boolean;
}

/** Whose photos are on their way to the archive: a person is to be erased when none of theirs can arrive any more. */
export class ArchiveTraffic {
  readonly #options: ArchiveTrafficOptions;
  readonly #underWay = new Map<string, number>();
  readonly #runsOnUntil = new Map<string, number>();
  readonly #startedCalmAt: number;

  constructor(options: ArchiveTrafficOptions) {
    this.#options = options;
    this.#startedCalmAt = options.mayRunOn ? options.calendar() + options.runsOnMs : 0;
  }

  /** To call before one sets out; the result when it is through. `unsure`: the archive may still be at it. */
  begin(pseudonym: string): (unsure: boolean) => void {
    this.#underWay.set(pseudonym, (this.#underWay.get(pseudonym) ?? 0) + 1);
    return (unsure) => {
      const left = (this.#underWay.get(pseudonym) ?? 1) - 1;
      if (left > 0) this.#underWay.set(pseudonym, left);
      else this.#underWay.delete(pseudonym);
      const { calendar, runsOnMs } = this.#options;
      if (unsure) this.#runsOnUntil.set(pseudonym, calendar() + runsOnMs);
    };
  }

  /** From when on nothing of theirs can arrive, milliseconds since 1970; null: something is on its way. */
  calmAt(pseudonym: string): number | null {
    if (this.#underWay.has(pseudonym)) return null;
    const at = Math.max(this.#startedCalmAt, this.#runsOnUntil.get(pseudonym) ?? 0);
    if (at <= this.#options.calendar()) this.#runsOnUntil.delete(pseudonym);
    return at;
  }
}
