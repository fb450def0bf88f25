import type { Card } from '../../src/core/card.ts';
import type { StoredResult } from '../../src/core/stored-result.ts';
import { imageOf, lastCard, makeCommandBench } from './command-bench.ts';
import { GROUP, makeRequest, makeVibe, pressOf } from './make-request.ts';

export const ID = 'result-0123456789';
export const RESULT_BUTTONS = [
  ['why ▸', `share ${ID}`],
  ['up: 👍', 'down: 👎'],
];
export const owner = makeRequest(pressOf(''), { chat: GROUP });
export const reader = makeRequest(pressOf(''), { chat: GROUP, asker: { id: '2', locale: null } });

/** A photo that was answered in a group, and is shown there. */
export async function showResult(
  given: Parameters<typeof makeCommandBench>[0] = {},
  { images = ['cat'], why = null as 'rock' | null, spoiler = false } = {},
) {
  const bench = makeCommandBench(given);
  const call = makeVibe({ images, why, spoiler });
  const shown: Card = lastCard(await bench.run(call, { request: makeRequest(call, { chat: GROUP }) }));
  const imageName = imageOf(shown)?.fileName ?? null;
  await bench.store.setPosted(ID, { messageId: '77', imageName, image: `file of ${imageName}` });
  const change = async (changes: Partial<StoredResult>) =>
    bench.store.putResult({ ...((await bench.store.result(ID)) as StoredResult), ...changes });
  return { ...bench, shown, change };
}
