import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Log, Sleep } from '../../core/chat-ports.ts';
import { OutletError } from '../../core/outlet-error.ts';
import { TokenRefusedError } from '../token-refused-error.ts';
import { untilReached } from '../until-reached.ts';
import type { DiscordCaller } from './discord-caller.ts';

export interface RecommendedShardsOptions {
  readonly call: DiscordCaller;
  readonly log: Log;
  readonly sleep: Sleep;
}

const answer = z.object({ shards: z.number().int().min(1) });

/**
 * How many shards Discord recommends; asks however long it cannot be reached. Throws TokenRefusedError and the signal's
 * reason. discord.js's own look-up asks the real Discord, whatever address there is for another.
 */
export async function recommendedShards(
  { call, log, sleep }: RecommendedShardsOptions,
  signal: AbortSignal,
): Promise<number> {
  const request = { method: 'GET', path: Routes.gatewayBot() } as const;
  const ask = async () =>
    answer.parse(await call('count shards', request, { signal, repeatable: true })).shards;
  const isFinal = (error: unknown) => error instanceof TokenRefusedError;
  return untilReached(ask, { name: 'Discord', isFinal, pauseOf, log, sleep }, signal);
}

function pauseOf(error: unknown): number {
  const { failure } = error instanceof OutletError ? error : {};
  return failure?.kind === 'later' ? failure.afterMs : 0;
}
