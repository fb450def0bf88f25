import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/**
 * What a bucket of ours is: private, encrypted, versioned, over TLS only, and there when its stack is gone; but not when the
 * first deployment fails, so that nothing is left behind.
 */
export const OWN_BUCKET = {
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  versioned: true,
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
} satisfies BucketProps;

/** Parts of an upload that nobody ended, and marks of deletions with nothing behind them, cost money and serve nobody. */
export const TIDY = {
  id: 'tidy',
  abortIncompleteMultipartUploadAfter: Duration.days(7),
  expiredObjectDeleteMarker: true,
};

/** Older versions are there to undo a mistake. */
const UNDO = Duration.days(30);

/**
 * For images/ and records/ (deploy/archive). No rule expires a current version of either: they live until their person asks,
 * and the erase function then deletes every version itself.
 */
export function addArchiveBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'Archive', {
    ...OWN_BUCKET,
    lifecycleRules: [
      TIDY,
      {
        id: 'images',
        prefix: 'images/',
        // they are read again only to train with
        transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) }],
        noncurrentVersionExpiration: UNDO,
      },
      { id: 'records', prefix: 'records/', noncurrentVersionExpiration: UNDO },
    ],
  });
}
