/** Answers must not overtake their acknowledgement, which may still be on its way. */
export class Acknowledgements {
  readonly #outcomes = new Map<string, Promise<boolean>>();

  /** `taken` never rejects; false: Discord has refused it. */
  add(interactionId: string, taken: Promise<boolean>): void {
    this.#outcomes.set(interactionId, taken);
    taken.then((isTaken) => {
      if (isTaken) this.#outcomes.delete(interactionId);
    });
    const [oldest] = this.#outcomes.keys();
    if (this.#outcomes.size > REMEMBERED && oldest) this.#outcomes.delete(oldest);
  }

  /** Resolves when it is known; those of an earlier run count as taken. */
  async taken(interactionId: string): Promise<boolean> {
    return (await this.#outcomes.get(interactionId)) ?? true;
  }
}

/** Those that were refused, and those on their way. */
const REMEMBERED = 10_000;
