import { EXIT_CODES } from '../../src/exit-codes.ts';
import type { Outputs } from './cdk-deploy.ts';
import { CloudError } from './cloud-error.ts';
import { type StateOrigin, stateOrigin } from './state-origin.ts';

/** Throws CloudError where a bot that has its state on one volume would begin on another one that is empty. */
export function requireSameState(
  wanted: StateOrigin,
  /** What VibeBot puts out as it is deployed. */
  { StateVolumeId: volume, StateOrigin: origin }: Outputs,
): void {
  if (wanted.snapshot !== null || wanted.volume !== null) return;
  if (origin === undefined || origin === stateOrigin(wanted)) return;
  throw new CloudError(
    `the bot's state is on ${volume}, and it would begin on an empty volume: put ${origin} into context.json`,
    EXIT_CODES.wrongUsage,
  );
}
