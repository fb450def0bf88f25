import { UserError } from '../core/user-error.ts';

/** Lets a few in at a time, in the order of arrival. */
export interface WaitingLine {
  /**
   * Resolves when it is one's turn. Throws UserError busy at once when too many wait, unless `admitted` (another line let
   * it in already); the signal's reason when it aborts.
   */
  enter(signal: AbortSignal, admitted?: boolean): Promise<void>;
  /** Once for every turn. */
  leave(): void;
}

export interface WaitingLineOptions {
  readonly places: number;
  readonly maxWaiting: number;
}

export function createWaitingLine({ places, maxWaiting }: WaitingLineOptions): WaitingLine {
  const waiting = new Set<() => void>();
  let free = places;
  return {
    async enter(signal, admitted = false) {
      signal.throwIfAborted();
      if (free > 0) free -= 1;
      else if (waiting.size >= maxWaiting && !admitted) throw new UserError('busy', {});
      else await turn(waiting, signal); // takes over the place of one who leaves
    },
    leave() {
      const [next] = waiting;
      if (next) next();
      else free += 1;
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
