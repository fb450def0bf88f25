import type { InstanceMetadataConfig } from './config.ts';
import type { Log, Sleep } from './core/chat-ports.ts';
import type { Clock } from './core/ports.ts';
import { createInstanceMetadata } from './services/instance-metadata.ts';
import { isEc2Machine } from './services/is-ec2-machine.ts';
import { untilSpotNotice } from './services/spot-notice.ts';

export interface WatchForSpotNoticeOptions {
  /** null: nobody is asked. */
  readonly config: InstanceMetadataConfig | null;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly log: Log;
  /** Called once at most. */
  noticed(): void;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html */
const OF_EC2 = 'http://169.254.169.254';

/** Watches until the signal aborts. Never rejects. */
export async function watchForSpotNotice(
  { config, clock, sleep, log, noticed }: WatchForSpotNoticeOptions,
  signal: AbortSignal,
): Promise<void> {
  if (!config) return;
  const { endpoint } = config;
  // elsewhere that address may be anybody's, or a call that nobody answers
  if (endpoint === null && !(await isEc2Machine())) return;
  const metadata = createInstanceMetadata({ endpoint: endpoint ?? OF_EC2, clock });
  try {
    const { kind, at } = await untilSpotNotice({ metadata, sleep, log }, signal);
    log.warn('EC2 takes this instance away: stopping', { notice: kind, at });
    noticed();
  } catch (error) {
    if (!signal.aborted) log.error('nobody looks any more whether this instance is to go', { error });
  }
}
