import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { ArchiveEvent } from '../../src/services/archive-protocol.ts';
import { imageKey, type Photo, recordKey } from './archive-keys.ts';

export interface ObjectsOptions {
  readonly client: S3Client;
  readonly bucket: string;
}

/** What the archive function writes in the bucket; both reject with the SDK's errors. */
export interface ObjectWriter {
  /** conflict: somebody deletes it just now. there: also where an attempt before, whose answer was lost, has created it. */
  putImage(sha256: string, jpeg: Uint8Array): Promise<'created' | 'there' | 'conflict'>;
  /** In place of the one before. */
  putRecord(photo: Photo, record: ArchiveEvent['record']): Promise<void>;
}

export function createObjectWriter(
  { client, bucket }: ObjectsOptions,
  abortSignal: AbortSignal,
): ObjectWriter {
  const common = { Bucket: bucket, ServerSideEncryption: 'AES256' } as const;
  return {
    async putImage(sha256, jpeg) {
      const content = { Key: imageKey(sha256), Body: jpeg, ContentType: 'image/jpeg' };
      try {
        await client.send(new PutObjectCommand({ ...common, ...content, IfNoneMatch: '*' }), { abortSignal });
        return 'created';
      } catch (error) {
        return withoutCreating(error);
      }
    },
    async putRecord(photo, record) {
      const content = {
        Key: recordKey(photo),
        Body: JSON.stringify({ sha256: photo.sha256, ...record }),
        ContentType: 'application/json',
      };
      await client.send(new PutObjectCommand({ ...common, ...content }), { abortSignal });
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
function withoutCreating(error: unknown): 'there' | 'conflict' {
  const name = error instanceof S3ServiceException ? error.name : null;
  if (name === 'PreconditionFailed') return 'there';
  if (name === 'ConditionalRequestConflict') return 'conflict';
  throw error;
}
