import { BatchGetCommand, BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import type { Attributes, Item, Write } from './dynamo-item.ts';
import type { Key } from './dynamo-keys.ts';
import { sleep } from './sleep.ts';

export interface BatchOptions {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  readonly signal: AbortSignal;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html, and BatchGetItem.html */
const WRITES = 25;
const READS = 100;
const AT_ONCE = 8;
const MIN_PAUSE_MS = 25;
const MAX_PAUSE_MS = 400;

/** Those of the items that are there, in any order. What DynamoDB left out is asked for again, until `signal` aborts. */
export async function getAll(
  options: BatchOptions,
  keys: readonly Key[],
  projection: Attributes,
): Promise<Item[]> {
  const { client, table, signal } = options;
  const found: Item[] = [];
  await inBatches(
    options,
    unique(keys, (key) => key),
    READS,
    async (batch) => {
      const input = { RequestItems: { [table]: { ...projection, Keys: batch, ConsistentRead: true } } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand(input), {
        abortSignal: signal,
      });
      found.push(...((Responses?.[table] ?? []) as Item[]));
      return (UnprocessedKeys?.[table]?.Keys ?? []) as Key[];
    },
  );
  return found;
}

/** In any order; of several writes of one key, the last. What DynamoDB left out is sent again, until `signal` aborts. */
export async function writeAll(options: BatchOptions, writes: readonly Write[]): Promise<void> {
  const { client, table, signal } = options;
  const requests = unique(writes, (write) => ('put' in write ? write.put : write.delete)).map((write) =>
    'put' in write
      ? { PutRequest: { Item: { ...write.put } } }
      : { DeleteRequest: { Key: { ...write.delete } } },
  );
  await inBatches(options, requests, WRITES, async (batch) => {
    const input = { RequestItems: { [table]: batch } };
    const { UnprocessedItems } = await client.send(new BatchWriteCommand(input), { abortSignal: signal });
    return (UnprocessedItems?.[table] ?? []) as typeof batch;
  });
}

/** `send` gives what of a batch is to be sent again. */
async function inBatches<T>(
  { signal }: BatchOptions,
  all: readonly T[],
  size: number,
  send: (batch: T[]) => Promise<T[]>,
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
  const sendWhole = async (batch: T[]) => {
    let left = await send(batch);
    for (let pause = MIN_PAUSE_MS; left.length > 0; pause = Math.min(2 * pause, MAX_PAUSE_MS)) {
      await sleep(Math.random() * pause, signal); // not all again at the same moment
      left = await send(left);
    }
  };
  await pLimit(AT_ONCE).map(batches, sendWhole);
}

function unique<T>(all: readonly T[], keyOf: (one: T) => Key): T[] {
  const byKey = new Map(all.map((one) => [JSON.stringify([keyOf(one).pk, keyOf(one).sk]), one]));
  return [...byKey.values()];
}
