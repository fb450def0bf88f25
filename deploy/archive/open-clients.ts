import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { HandlerOptions } from './archive-handler.ts';

/** A function's environment. AWS_ENDPOINT_URL is the one of an S3 and a DynamoDB other than AWS's own. */
export type FunctionSettings = Readonly<
  Partial<Record<'ARCHIVE_BUCKET' | 'ARCHIVE_TABLE' | 'AWS_ENDPOINT_URL', string | undefined>>
>;

/** In place of what the SDK finds for itself. */
export interface ClientConfig {
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** For each attempt; there are three, and a limit for all together. */
const REQUESTS = { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true };

/** The bucket and the table of the settings. Throws where one is not set. */
export function openClients(
  settings: FunctionSettings,
  now: () => number,
  config: ClientConfig,
): Pick<HandlerOptions, 'rows' | 'objects'> {
  const { ARCHIVE_BUCKET: bucket, ARCHIVE_TABLE: table, AWS_ENDPOINT_URL: endpoint } = settings;
  if (!bucket) throw new Error('ARCHIVE_BUCKET is not set');
  if (!table) throw new Error('ARCHIVE_TABLE is not set');
  const common = { ...config, ...(endpoint && { endpoint }), requestHandler: REQUESTS };
  // a bucket has no host name of its own there
  const s3 = new S3Client({ ...common, forcePathStyle: endpoint !== undefined });
  return {
    rows: { client: new DynamoDBClient(common), table, now },
    objects: { client: s3, bucket },
  };
}
