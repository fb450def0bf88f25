import type { Receive } from './core/reception.ts';
import { StorageError } from './core/storage-error.ts';
import type { LeaderLease } from './services/leader-lease.ts';

/**
 * Accepts nothing once another instance may answer. A process that was held up, by its disk or its machine, may find what came
 * to it before it knows: not accepted, it is given to that instance.
 */
export function acceptWhileHeld(lease: Pick<LeaderLease, 'isHeld'>, receive: Receive): Receive {
  return async (incoming) => {
    if (!lease.isHeld) throw new StorageError('another instance may answer');
    return receive(incoming);
  };
}
