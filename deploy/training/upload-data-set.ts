import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteObjectsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { type DataSet, LABELS, pictureFile } from './read-data-set.ts';
import { DATA_PREFIX } from './training-job.ts';

export interface UploadOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly dataSet: DataSet;
  show(line: string): void;
}

export interface Uploaded {
  readonly uploaded: number;
  readonly bytes: number;
  readonly unchanged: number;
  readonly removed: number;
}

/** A file in the bucket, by its key. */
type Known = ReadonlyMap<string, string | undefined>;

const CALLS_AT_ONCE = 24;
const SHOWN_TIMES = 20;
/** S3's limit: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const MAX_DELETED = 1000;

/**
 * Brings the bucket's copy of the data set up to date: what is new or has changed is uploaded, and what is no longer in it is
 * deleted, for a job gets all that is there. The table comes last, so that it names no picture that is not there yet.
 * Interrupted and begun anew, it does what was left. Rejects with the SDK's errors.
 */
export async function uploadDataSet(options: UploadOptions): Promise<Uploaded> {
  const { dataSet, show } = options;
  const known = await list(options);
  const files = [...dataSet.ids.map(pictureFile), LABELS];
  const progress = createProgress(files.length, show);
  const limit = pLimit(CALLS_AT_ONCE);
  const sync = async (file: string) => progress.add(await uploadChanged(options, known, file));
  try {
    await limit.map(files.slice(0, -1), sync);
  } catch (error) {
    limit.clearQueue();
    throw error;
  }
  await sync(LABELS);
  const wanted = new Set(files.map((file) => DATA_PREFIX + file));
  const others = [...known.keys()].filter((key) => !wanted.has(key));
  await remove(options, others);
  return { ...progress.sums, removed: others.length };
}

/** With the MD5 of its content, which is what S3 calls ETag of what was put in one piece without a key of one's own. */
async function list({ client, bucket: Bucket }: UploadOptions): Promise<Known> {
  const known = new Map<string, string | undefined>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: DATA_PREFIX })) {
    for (const { Key = '', ETag } of Contents) known.set(Key, ETag);
  }
  return known;
}

/** How many bytes were uploaded; null: it was there already. */
async function uploadChanged(
  { client, bucket: Bucket, dataSet }: UploadOptions,
  known: Known,
  file: string,
): Promise<number | null> {
  const Body = await readFile(join(dataSet.folder, file));
  const Key = DATA_PREFIX + file;
  if (known.get(Key) === `"${createHash('md5').update(Body).digest('hex')}"`) return null;
  const ContentType = file === LABELS ? 'text/tab-separated-values' : 'image/jpeg';
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, ServerSideEncryption: 'AES256' }));
  return Body.length;
}

async function remove({ client, bucket: Bucket }: UploadOptions, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += MAX_DELETED) {
    const Objects = keys.slice(at, at + MAX_DELETED).map((Key) => ({ Key }));
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    const [refused] = Errors;
    if (refused) throw Object.assign(new Error('not deleted'), { name: refused.Code });
  }
}

function createProgress(files: number, show: (line: string) => void) {
  const sums = { uploaded: 0, bytes: 0, unchanged: 0 };
  const every = Math.ceil(files / SHOWN_TIMES);
  return {
    sums,
    add(bytes: number | null): void {
      if (bytes === null) sums.unchanged += 1;
      else {
        sums.uploaded += 1;
        sums.bytes += bytes;
      }
      const done = sums.uploaded + sums.unchanged;
      if (done % every === 0 || done === files)
        show(`${done} of ${files} files, ${sums.uploaded} of them uploaded`);
    },
  };
}
