import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { getAll, writeAll } from './dynamo-batches.ts';
import type { Attributes, Item, Write } from './dynamo-item.ts';
import type { Key } from './dynamo-keys.ts';

export interface Change {
  readonly set: Attributes;
  readonly remove?: readonly string[];
  /** A condition as DynamoDB has it, with the values that it names; its words are none that DynamoDB reserves. */
  readonly onlyIf?: string;
  readonly values?: Attributes;
}

/** A part of a partition, as a range of `sk`: both ends are in it. */
export interface Range {
  readonly from?: string;
  readonly to?: string;
  readonly newestFirst?: boolean;
  /** Items of one page. */
  readonly limit?: number;
  /** Only these attributes. */
  readonly only?: readonly string[];
}

/**
 * One operation's calls of DynamoDB, which reject with the SDK's errors. What they read is as it was last written.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
export interface DynamoCalls {
  get(key: Key, only?: readonly string[]): Promise<Attributes | null>;
  /** In any order; without those that are not there. */
  getAll(keys: readonly Key[], only?: readonly string[]): Promise<Item[]>;
  put(item: Item): Promise<void>;
  /** False where there is one already, which stays as it is. */
  putNew(item: Item): Promise<boolean>;
  /** False where the condition is not met. */
  update(key: Key, change: Change): Promise<boolean>;
  /** The attributes as they were before, none of a new item; null where the condition is not met. */
  exchange(key: Key, change: Change): Promise<Attributes | null>;
  /** False where the condition is not met: DynamoDB's own, with the values that it names. */
  remove(key: Key, onlyIf: string, values: Attributes): Promise<boolean>;
  pages(pk: string, range?: Range): AsyncGenerator<Item[]>;
  query(pk: string, range?: Range): Promise<Item[]>;
  /** In any order. Of several on one key, the last. */
  writeAll(writes: readonly Write[]): Promise<void>;
}

export function createDynamoCalls(
  client: DynamoDBDocumentClient,
  table: string,
  signal: AbortSignal,
): DynamoCalls {
  const TableName = table;
  const options = { abortSignal: signal };

  async function* pages(pk: string, range: Range = {}): AsyncGenerator<Item[]> {
    let ExclusiveStartKey: Attributes | undefined;
    do {
      signal.throwIfAborted();
      const input = { TableName, ...queryInput(pk, range), ExclusiveStartKey };
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(input), options);
      yield Items as Item[];
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  const exchange = async (key: Key, change: Change, ReturnValues: 'ALL_OLD' | 'NONE') => {
    const input = { TableName, Key: key, ...updateInput(change), ReturnValues };
    const { Attributes } = await client.send(new UpdateCommand(input), options);
    return Attributes ?? {};
  };

  return {
    async get(key, only) {
      const input = { TableName, Key: key, ConsistentRead: true, ...projection(only) };
      return (await client.send(new GetCommand(input), options)).Item ?? null;
    },
    getAll: (keys, only) => getAll({ client, table, signal }, keys, projection(only)),
    put: async (item) => void (await client.send(new PutCommand({ TableName, Item: item }), options)),
    async putNew(item) {
      const input = { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' };
      return (await unlessUnmet(client.send(new PutCommand(input), options))) !== null;
    },
    update: async (key, change) => (await unlessUnmet(exchange(key, change, 'NONE'))) !== null,
    exchange: (key, change) => unlessUnmet(exchange(key, change, 'ALL_OLD')),
    async remove(key, onlyIf, values) {
      const condition = { ConditionExpression: onlyIf, ExpressionAttributeValues: values };
      const input = { TableName, Key: key, ...condition };
      return (await unlessUnmet(client.send(new DeleteCommand(input), options))) !== null;
    },
    pages,
    query: async (pk, range) => (await Array.fromAsync(pages(pk, range))).flat(),
    writeAll: (writes) => writeAll({ client, table, signal }, writes),
  };
}

async function unlessUnmet<T>(sending: Promise<T>): Promise<T | null> {
  try {
    return await sending;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
}

const LAST = '\uffff';

function queryInput(pk: string, { from = '', to = LAST, newestFirst = false, limit, only }: Range) {
  const { ProjectionExpression, ExpressionAttributeNames } = projection(only);
  return {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    // no key is empty, and DynamoDB takes no empty one
    ExpressionAttributeValues: { ':pk': pk, ':from': from || ' ', ':to': to },
    ScanIndexForward: !newestFirst,
    ConsistentRead: true,
    Limit: limit,
    ProjectionExpression,
    ExpressionAttributeNames,
  };
}

/** By names that stand for the attributes', some of which DynamoDB reserves. */
function projection(only: readonly string[] | undefined) {
  if (!only) return {};
  return {
    ProjectionExpression: only.map((_, index) => `#${index}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(only.map((name, index) => [`#${index}`, name])),
  };
}

function updateInput({ set, remove = [], onlyIf, values = {} }: Change) {
  const names = [...Object.keys(set), ...remove];
  const placeOf = (name: string) => names.indexOf(name);
  const sets = Object.keys(set).map((name) => `#${placeOf(name)} = :${placeOf(name)}`);
  const removes = remove.map((name) => `#${placeOf(name)}`);
  const valued = Object.entries(set).map(([name, value]) => [`:${placeOf(name)}`, value]);
  const allValues = { ...Object.fromEntries(valued), ...values };
  return {
    UpdateExpression: [
      ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
      ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
    ].join(' '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#${index}`, name])),
    ...(Object.keys(allValues).length > 0 && { ExpressionAttributeValues: allValues }),
    ...(onlyIf !== undefined && { ConditionExpression: onlyIf }),
  };
}
