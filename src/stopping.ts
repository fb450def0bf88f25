/** The end of the program in good order, whatever asks for it. */
export interface Stopping {
  /** Aborts when it is to end. */
  readonly signal: AbortSignal;
  /** What it exits with then. */
  readonly code: number;
  /** Of several who ask the first counts. */
  stop(code: number): void;
}

/** `asked` is called once, when the program is asked to end. */
export function createStopping(asked: (code: number) => void): Stopping {
  const controller = new AbortController();
  let exitCode = 0;
  return {
    signal: controller.signal,
    get code() {
      return exitCode;
    },
    stop(code) {
      if (controller.signal.aborted) return;
      exitCode = code;
      controller.abort(new Error('The program stops.'));
      asked(code);
    },
  };
}
