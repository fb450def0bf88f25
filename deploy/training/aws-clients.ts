import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';

export interface AwsClients {
  readonly s3: S3Client;
  readonly sagemaker: SageMakerClient;
  readonly region: string;
}

/** Each attempt, milliseconds; the SDK makes three. */
const REQUESTS = { connectionTimeout: 5000, requestTimeout: 60_000, throwOnRequestTimeout: true };

/** Region, credentials and address are the SDK's own settings. Rejects with the SDK's error where there is no region, or no credentials. */
export async function openAwsClients(): Promise<AwsClients> {
  // with another address than AWS's own, a bucket has no host name
  const s3 = new S3Client({ forcePathStyle: true, requestHandler: REQUESTS });
  const sagemaker = new SageMakerClient({ requestHandler: REQUESTS });
  await sagemaker.config.credentials();
  return { s3, sagemaker, region: await sagemaker.config.region() };
}

export function closeAwsClients({ s3, sagemaker }: AwsClients): void {
  s3.destroy();
  sagemaker.destroy();
}
