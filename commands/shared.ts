import type { Command } from '../src/core/command.ts';
import type { Call } from '../src/core/request.ts';

/** A result was sent to a chat out of a search: from now on others find it by its id, if it was its owner who sent it. */
// biome-ignore lint/correctness/useYield: there is nobody to answer
export const shared: Command<Call & { command: 'shared' }> = async function* (
  { resultId },
  { request },
  { store },
) {
  const result = await store.result(resultId);
  if (result?.platform === request.platform && result.owner === request.asker.id)
    await store.setShared(resultId);
};
