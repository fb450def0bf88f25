/** Where calls wait until they are let through, one by one or all. */
export class Gate {
  #isOpen = false;
  #permits = 0;
  #waiting: (() => void)[] = [];

  async pass(): Promise<void> {
    if (this.#isOpen) return;
    if (this.#permits > 0) {
      this.#permits -= 1;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    await promise;
  }

  letOne(): void {
    const first = this.#waiting.shift();
    if (first) first();
    else this.#permits += 1;
  }

  open(): void {
    this.#isOpen = true;
    for (const pass of this.#waiting.splice(0)) pass();
  }
}
