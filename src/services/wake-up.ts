/** Lets a loop wait until somebody has something for it. */
export class WakeUp {
  #bell = Promise.withResolvers<void>();

  /** Resolves when it was rung since it was last reset. */
  get rung(): Promise<void> {
    return this.#bell.promise;
  }

  ring(): void {
    this.#bell.resolve();
  }

  /** To call before looking for what there is to do, so that no ring is missed. */
  reset(): void {
    this.#bell = Promise.withResolvers<void>();
  }
}
