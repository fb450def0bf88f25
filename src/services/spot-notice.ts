import { z } from 'zod';
import type { Log, Sleep } from '../core/chat-ports.ts';
import { type InstanceMetadata, MetadataError } from './instance-metadata.ts';

export interface SpotNotice {
  /** interruption: EC2 takes the instance back; rebalance: it may well do so soon. */
  readonly kind: 'interruption' | 'rebalance';
  /** As EC2 says it: when the instance goes, or when it was found to be at risk. */
  readonly at: string;
}

export interface SpotNoticeOptions {
  readonly metadata: InstanceMetadata;
  readonly sleep: Sleep;
  readonly log: Log;
}

/** As often as EC2 advises, at either page. */
const EVERY_MS = 5000;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html */
const INTERRUPTION = {
  kind: 'interruption',
  path: '/latest/meta-data/spot/instance-action',
  schema: z.object({ action: z.string(), time: z.string() }).transform(({ time }) => time),
} as const;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/rebalance-recommendations.html */
const REBALANCE = {
  kind: 'rebalance',
  path: '/latest/meta-data/events/recommendations/rebalance',
  schema: z.object({ noticeTime: z.string() }).transform(({ noticeTime }) => noticeTime),
} as const;

/**
 * Asks every 5 s, and resolves once EC2 says that this instance is to go. Whatever goes wrong with asking is logged once,
 * and asked again. Rejects with the signal's reason.
 */
export async function untilSpotNotice(
  { metadata, sleep, log }: SpotNoticeOptions,
  signal: AbortSignal,
): Promise<SpotNotice> {
  let hasFailed = false;
  for (;;) {
    try {
      const notice = await askBoth(metadata, signal);
      if (notice) return notice;
      if (hasFailed) log.info('EC2 says again whether this instance is to go');
      hasFailed = false;
    } catch (error) {
      if (!(error instanceof MetadataError)) throw error;
      if (!hasFailed) log.warn('EC2 does not say whether this instance is to go', { reason: error.message });
      hasFailed = true;
    }
    await sleep(EVERY_MS, signal);
  }
}

/** A page that fails does not hide a notice on the other. */
async function askBoth(metadata: InstanceMetadata, signal: AbortSignal): Promise<SpotNotice | null> {
  let failure: MetadataError | null = null;
  for (const page of [INTERRUPTION, REBALANCE]) {
    try {
      const notice = await noticeAt(page, metadata, signal);
      if (notice) return notice;
    } catch (error) {
      if (!(error instanceof MetadataError)) throw error;
      failure ??= error;
    }
  }
  if (failure) throw failure;
  return null;
}

async function noticeAt(
  { kind, path, schema }: typeof INTERRUPTION | typeof REBALANCE,
  metadata: InstanceMetadata,
  signal: AbortSignal,
): Promise<SpotNotice | null> {
  const text = await metadata.get(path, signal);
  if (text === null) return null;
  const { data: at } = schema.safeParse(readJson(text));
  // to stop on account of it would be for good: nobody starts the program there again
  if (at === undefined) throw new MetadataError(`no notice that can be read (${kind})`);
  return { kind, at };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
