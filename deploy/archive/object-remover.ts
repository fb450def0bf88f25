import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
} from '@aws-sdk/client-s3';
import type { ObjectsOptions } from './object-writer.ts';

/** What the erase function does in the bucket. */
export interface ObjectRemover {
  /** Every version of it, and every mark of a deletion. Says whether there was any. Rejects with the SDK's errors, or RemovalError. */
  remove(key: string): Promise<boolean>;
}

/** S3 has left a version where it was. */
export class RemovalError extends Error {
  /** S3's own word for it. */
  readonly code: string;

  constructor(code: string) {
    super(`S3 has not deleted a version: ${code}`);
    this.code = code;
  }
}

/** In a bucket with or without versions: https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html */
export function createObjectRemover(
  { client, bucket: Bucket }: ObjectsOptions,
  abortSignal: AbortSignal,
): ObjectRemover {
  const options = { abortSignal };
  /** Those of a page are at most as many as one call deletes. */
  const removeAll = async (versions: readonly ObjectIdentifier[]) => {
    const Delete = { Objects: [...versions], Quiet: true };
    const { Errors: [first] = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete }), options);
    if (first) throw new RemovalError(first.Code ?? 'unknown');
  };
  return {
    async remove(key) {
      let isAny = false;
      let from: Pick<ListObjectVersionsCommandOutput, 'NextKeyMarker' | 'NextVersionIdMarker'> | undefined =
        {};
      while (from) {
        const marks = { KeyMarker: from.NextKeyMarker, VersionIdMarker: from.NextVersionIdMarker };
        const list = new ListObjectVersionsCommand({ Bucket, Prefix: key, ...marks });
        const page: ListObjectVersionsCommandOutput = await client.send(list, options);
        const versions = versionsOf(page, key);
        if (versions.length > 0) await removeAll(versions);
        isAny ||= versions.length > 0;
        from = page.IsTruncated ? page : undefined;
      }
      return isAny;
    },
  };
}

/** Of this key alone: a prefix fits longer keys, too. */
function versionsOf(page: ListObjectVersionsCommandOutput, key: string): ObjectIdentifier[] {
  return [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
    .filter(({ Key }) => Key === key)
    .map(({ VersionId }) => ({ Key: key, VersionId }));
}
