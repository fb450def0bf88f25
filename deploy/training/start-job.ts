import { PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateTrainingJobCommand, type CreateTrainingJobCommandInput } from '@aws-sdk/client-sagemaker';
import type { AwsClients } from './aws-clients.ts';
import type { Source } from './pack-source.ts';
import { sourceKey } from './training-job.ts';

/** Puts the source where the job looks for it. Rejects with the SDK's errors. */
export async function uploadSource(
  { s3 }: AwsClients,
  bucket: string,
  { archive, hash }: Source,
): Promise<void> {
  const content = { Key: sourceKey(hash), Body: archive, ContentType: 'application/gzip' };
  await s3.send(new PutObjectCommand({ Bucket: bucket, ...content, ServerSideEncryption: 'AES256' }));
}

/** Rejects with the SDK's errors. */
export async function startJob(
  { sagemaker }: Pick<AwsClients, 'sagemaker'>,
  job: CreateTrainingJobCommandInput,
): Promise<void> {
  try {
    await sagemaker.send(new CreateTrainingJobCommand(job));
  } catch (error) {
    if (!isOurs(error)) throw error;
  }
}

/** An attempt before, whose answer was lost, has started it. */
function isOurs(error: unknown): boolean {
  const { name, $metadata } = error as Readonly<Record<string, unknown>>;
  const { attempts } = ($metadata ?? {}) as Readonly<Record<string, unknown>>;
  return name === 'ResourceInUse' && Number(attempts) > 1;
}
