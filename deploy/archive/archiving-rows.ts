import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { leaseRow, ownerRow, type Photo, photoRow } from './archive-keys.ts';
import { isOver, newRun } from './running.ts';

export interface RowsOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Milliseconds since 1970. */
  now(): number;
}

/** What the archive function writes in the table and reads there; all reject with the SDK's errors. */
export interface ArchivingRows {
  /** The photo is its person's from now on, and is being written for `ms` at most; gives the run. null: it must be known, and is not. */
  begin(photo: Photo, options: { readonly ms: number; readonly isKnown: boolean }): Promise<string | null>;
  own(photo: Photo): Promise<void>;
  isBeingErased(sha256: string): Promise<boolean>;
  /** All is written. */
  end(photo: Photo, run: string): Promise<void>;
}

export function createArchivingRows(
  { client, table, now }: RowsOptions,
  abortSignal: AbortSignal,
): ArchivingRows {
  const options = { abortSignal };
  const drop = (photo: Photo, runs: string[]) =>
    client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: photoRow(photo),
        UpdateExpression: 'DELETE running :runs',
        // an update would make the row that an erasure has deleted
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':runs': { SS: runs } },
      }),
      options,
    );
  return {
    async begin(photo, { ms, isKnown }) {
      const run = newRun(now() + ms);
      const update = new UpdateItemCommand({
        TableName: table,
        Key: photoRow(photo),
        UpdateExpression: 'SET latest = :run ADD running :runs',
        ...(isKnown && { ConditionExpression: 'attribute_exists(pk)' }),
        ExpressionAttributeValues: { ':run': { S: run }, ':runs': { SS: [run] } },
        ReturnValues: 'ALL_NEW',
      });
      const updated = await orNull(client.send(update, options));
      if (!updated) return null;
      const over = (updated.Attributes?.['running']?.SS ?? []).filter((each) => isOver(each, now()));
      if (over.length > 0) await drop(photo, over); // of runs that have died
      return run;
    },
    async own(photo) {
      await client.send(new PutItemCommand({ TableName: table, Item: ownerRow(photo) }), options);
    },
    async isBeingErased(sha256) {
      const get = new GetItemCommand({ TableName: table, Key: leaseRow(sha256), ConsistentRead: true });
      const { Item: lease } = await client.send(get, options);
      return lease !== undefined && Number(lease['until']?.N) >= now();
    },
    async end(photo, run) {
      await drop(photo, [run]);
    },
  };
}

async function orNull<T>(sending: Promise<T>): Promise<T | null> {
  try {
    return await sending;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
}
