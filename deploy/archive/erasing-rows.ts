import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { hashOf, leaseRow, ownerRow, type Photo, personOf, photoRow } from './archive-keys.ts';
import type { RowsOptions } from './archiving-rows.ts';
import { isOver } from './running.ts';

/** A person's photo, as its row was when it was read. */
export interface FoundPhoto extends Photo {
  /** Whether a run of the archive function may be writing it. */
  readonly isBusy: boolean;
  /** The last such run. */
  readonly latest: string;
}

/** What the erase function writes in the table and reads there; all reject with the SDK's errors. */
export interface ErasingRows {
  /** Some of the person's photos; none: there are no more. */
  photosOf(pseudonym: string): Promise<readonly FoundPhoto[]>;
  disown(photo: Photo): Promise<void>;
  hasOwner(sha256: string): Promise<boolean>;
  /** For nobody but who holds it; null: somebody else does. */
  lease(sha256: string, ms: number): Promise<string | null>;
  endLease(sha256: string, holder: string): Promise<void>;
  /** Says no, and does nothing, when the photo has been archived again since it was found. */
  forget(photo: FoundPhoto): Promise<boolean>;
}

/** As many as are found at once. */
const PAGE = 32;

export function createErasingRows(
  { client, table: TableName, now }: RowsOptions,
  abortSignal: AbortSignal,
): ErasingRows {
  const options = { abortSignal };
  return {
    async photosOf(pseudonym) {
      const { Items = [] } = await client.send(
        new QueryCommand({ TableName, ...rowsOf(personOf(pseudonym), 'HASH#'), Limit: PAGE }),
        options,
      );
      return Items.map((item) => foundPhoto(pseudonym, item, now()));
    },
    async disown(photo) {
      await client.send(new DeleteItemCommand({ TableName, Key: ownerRow(photo) }), options);
    },
    async hasOwner(sha256) {
      const query = new QueryCommand({ TableName, ...rowsOf(hashOf(sha256), 'USER#'), Limit: 1 });
      const { Items = [] } = await client.send(query, options);
      return Items.length > 0;
    },
    async lease(sha256, ms) {
      const holder = randomUUID();
      const put = new PutItemCommand({
        TableName,
        Item: { ...leaseRow(sha256), until: { N: `${now() + ms}` }, holder: { S: holder } },
        // the holder's own is one that was put by an attempt whose answer was lost
        ConditionExpression: 'attribute_not_exists(pk) OR #until < :now OR holder = :holder',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':now': { N: `${now()}` }, ':holder': { S: holder } },
      });
      return (await isDone(client.send(put, options))) ? holder : null;
    },
    async endLease(sha256, holder) {
      const end = new DeleteItemCommand({
        TableName,
        Key: leaseRow(sha256),
        ConditionExpression: 'attribute_not_exists(pk) OR holder = :holder',
        ExpressionAttributeValues: { ':holder': { S: holder } },
      });
      await client.send(end, options);
    },
    async forget({ latest, ...photo }) {
      const forget = new DeleteItemCommand({
        TableName,
        Key: photoRow(photo),
        ConditionExpression: 'attribute_not_exists(pk) OR latest = :latest',
        ExpressionAttributeValues: { ':latest': { S: latest } },
      });
      return await isDone(client.send(forget, options));
    },
  };
}

function rowsOf(pk: string, sk: string) {
  return {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeValues: { ':pk': { S: pk }, ':sk': { S: sk } },
    ConsistentRead: true,
  };
}

function foundPhoto(pseudonym: string, item: Record<string, AttributeValue>, now: number): FoundPhoto {
  const { sk, latest, running } = item;
  return {
    pseudonym,
    sha256: sk?.S?.replace('HASH#', '') ?? '',
    isBusy: running?.SS?.some((run) => !isOver(run, now)) ?? false,
    latest: latest?.S ?? '',
  };
}

/** Whether it was as the condition wants it. */
async function isDone(sending: Promise<unknown>): Promise<boolean> {
  try {
    await sending;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
