import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

export interface ReleaseStore {
  readonly client: S3Client;
  /** The artifacts bucket. */
  readonly bucket: string;
}

/** A packed release on this machine. */
export interface ReleaseFile {
  readonly file: string;
  /** Tells of its bytes, as buildRelease has it. */
  readonly name: string;
}

/** Where an instance looks for it. */
function releaseKey(name: string): string {
  return `releases/${name}`;
}

/** Whether the release can be deployed. Rejects with the SDK's errors. */
export async function hasRelease({ client, bucket }: ReleaseStore, name: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: releaseKey(name) }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/** Puts it there; one of its name is the same. Rejects with the SDK's errors. */
export async function uploadRelease(store: ReleaseStore, { file, name }: ReleaseFile): Promise<void> {
  if (await hasRelease(store, name)) return;
  const { size: ContentLength } = await stat(file);
  const object = { Bucket: store.bucket, Key: releaseKey(name), ContentType: 'application/gzip' };
  await store.client.send(new PutObjectCommand({ ...object, ContentLength, Body: createReadStream(file) }));
}
