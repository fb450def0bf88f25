import {
  DescribeTrainingJobCommand,
  type DescribeTrainingJobCommandOutput,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { sleep } from '../../src/services/sleep.ts';
import { unlessAborted } from '../../src/services/unless-aborted.ts';
import { isPassing } from './aws-trouble.ts';
import { createJobNews } from './job-news.ts';

export interface FollowOptions {
  readonly client: SageMakerClient;
  /** Between two looks at the job. */
  readonly everyMs: number;
  /** For one look, all of the SDK's attempts together. */
  readonly limitMs: number;
  show(line: string): void;
}

export type EndedJob = DescribeTrainingJobCommandOutput;

const UNDER_WAY = ['InProgress', 'Stopping'];
const MAX_PAUSE_MS = 300_000;
/** With pauses that double, more than half an hour. */
const ATTEMPTS = 10;

/**
 * Shows what becomes of the job until it has ended. Waits ever longer while AWS does not answer; rejects with the SDK's error
 * where that stays so, or where it refuses, and with the signal's reason.
 */
export async function followJob(
  name: string,
  options: FollowOptions,
  signal: AbortSignal,
): Promise<EndedJob> {
  const { everyMs, show } = options;
  const patience = retry(handleWhen(isPassing), {
    maxAttempts: ATTEMPTS,
    backoff: new ExponentialBackoff({ initialDelay: everyMs, maxDelay: MAX_PAUSE_MS }),
  });
  const news = createJobNews(show);
  for (;;) {
    const job = await patience.execute(() => describe(name, options, signal), signal);
    news.tell(job);
    if (!UNDER_WAY.includes(job.TrainingJobStatus ?? '')) return job;
    await sleep(everyMs, signal);
  }
}

async function describe(
  name: string,
  { client, limitMs }: FollowOptions,
  given: AbortSignal,
): Promise<DescribeTrainingJobCommandOutput> {
  const abortSignal = AbortSignal.any([given, AbortSignal.timeout(limitMs)]);
  const asked = client.send(new DescribeTrainingJobCommand({ TrainingJobName: name }), { abortSignal });
  // the SDK does not end its search for credentials with the signal, nor a body that has stalled
  return await unlessAborted(asked, abortSignal);
}
