import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Log, Sleep } from '../../core/chat-ports.ts';
import { OutletError } from '../../core/outlet-error.ts';
import { TokenRefusedError } from '../token-refused-error.ts';
import type { DiscordCaller } from './discord-caller.ts';

export interface RecommendedShardsOptions {
  readonly call: DiscordCaller;
  readonly log: Log;
  readonly sleep: Sleep;
}

const answer = z.object({ shards: z.number().int().min(1) });
const LONGEST_BACKOFF_MS = 30_000;

/**
 * How many shards Discord recommends; asks however long it cannot be reached. Throws TokenRefusedError and the signal's
 * reason. discord.js's own look-up asks the real Discord, whatever address there is for another.
 */
export async function recommendedShards(
  { call, log, sleep }: RecommendedShardsOptions,
  signal: AbortSignal,
): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    try {
      const request = { method: 'GET', path: Routes.gatewayBot() } as const;
      return answer.parse(await call('count shards', request, { signal, repeatable: true })).shards;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TokenRefusedError) throw error;
      log.warn('Discord cannot be reached', { reason: String(error) });
      const { failure } = error instanceof OutletError ? error : {};
      const asked = failure?.kind === 'later' ? failure.afterMs : 0;
      await sleep(Math.max(asked, Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** attempt)), signal);
    }
  }
}
