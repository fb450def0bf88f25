/** Runs `work` on up to `limit` items at once and yields the outcomes in the items' order. */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<{ item: Item; outcome: PromiseSettledResult<Result> }, void> {
  const running: Promise<PromiseSettledResult<Result>>[] = [];
  const start = (item: Item) => Promise.allSettled([work(item)]).then(([outcome]) => outcome);
  for (const [index, item] of items.entries()) {
    while (running.length < Math.min(items.length, index + limit)) {
      running.push(start(items[running.length] as Item));
    }
    yield { item, outcome: await (running[index] as Promise<PromiseSettledResult<Result>>) };
  }
}
