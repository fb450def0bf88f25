import type { Vote } from '../core/stored-result.ts';
import type { DynamoCalls } from './dynamo-calls.ts';
import { expiresAt, leadExpiresAt } from './dynamo-item.ts';
import { KEYS } from './dynamo-keys.ts';
import { countVote } from './dynamo-predictions.ts';
import { KEPT_FOR } from './kept-for.ts';
import { fromVoteRow, toVoteRow, type VoteRow } from './vote-row.ts';

/** A result that is put again lives a little longer than the first time, and so must the votes on it. */
const SPARE_MS = 24 * 60 * 60 * 1000;

/** Only on a result from `oldest` on. */
export async function putVote(calls: DynamoCalls, vote: Vote, oldest: number): Promise<void> {
  const { resultId, voter } = vote;
  const result = await calls.get(KEYS.result(resultId), ['createdAt']);
  const createdAt = Number(result?.['createdAt']);
  if (!(createdAt >= oldest)) return;
  const until = createdAt + KEPT_FOR.result + SPARE_MS;
  // first: no vote is without what leads to it
  await calls.put({ ...KEYS.ownVote(voter, resultId), resultId, ...leadExpiresAt(until) });
  await calls.put({ ...KEYS.vote(resultId, voter), ...toVoteRow(vote), ...expiresAt(until) });
  await countVote(calls, toVoteRow(vote));
}

/** Those votes that are there, on results from `oldest` on, newest first. */
export async function votesOf(
  calls: DynamoCalls,
  voter: string,
  resultIds: readonly string[],
  oldest: number,
): Promise<Vote[]> {
  const keys = resultIds.flatMap((id) => [KEYS.vote(id, voter), KEYS.result(id)]);
  const items = await calls.getAll(keys, ['id', 'createdAt', 'resultId', 'voter', 'up', 'genre', 'at']);
  const young = new Set(items.filter((one) => Number(one['createdAt']) >= oldest).map(({ id }) => id));
  const votes = items.filter(({ resultId }) => young.has(resultId));
  return (votes as unknown as VoteRow[]).map(fromVoteRow).sort((a, b) => b.at - a.at);
}
