import { UserError } from '../core/user-error.ts';

/** Lets one in at a time, in the order of arrival. */
export interface WaitingLine {
  /** Resolves when it is one's turn. Throws UserError busy at once when too many wait, the signal's reason when it aborts. */
  enter(signal: AbortSignal): Promise<void>;
  /** Once for every turn. */
  leave(): void;
}

export function createWaitingLine(maxWaiting: number): WaitingLine {
  const waiting = new Set<() => void>();
  let taken = false;
  return {
    async enter(signal) {
      signal.throwIfAborted();
      if (taken && waiting.size >= maxWaiting) throw new UserError('busy', {});
      if (taken) await turn(waiting, signal);
      taken = true;
    },
    leave() {
      const [next] = waiting;
      if (next) next();
      else taken = false;
    },
  };
}

function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const end = (settle: () => void) => () => {
    waiting.delete(admit);
    signal.removeEventListener('abort', giveUp);
    settle();
  };
  const admit = end(resolve);
  const giveUp = end(() => reject(signal.reason));
  waiting.add(admit);
  signal.addEventListener('abort', giveUp);
  return promise;
}
