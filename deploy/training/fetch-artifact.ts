import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { TrainingError } from './training-error.ts';
import { TarError, unpackTar } from './unpack-tar.ts';

const MAX_BYTES = 500_000_000;
const LIMIT_MS = 600_000;
const WANTED =
  /^(genre\.onnx|genre\.json|metrics\.json|loss\.png|confusion\.png|goldens\/[\w-]+\.json|inputs\/[\w-]+\.png)$/;
const URL_OF_OBJECT = /^s3:\/\/([^/]+)\/(.+)$/;

/**
 * Writes what a job's model.tar.gz holds into the folder; nothing that models/training does not write. Throws TrainingError
 * where it is none, and the SDK's errors.
 */
export async function fetchArtifact(client: S3Client, url: string, folder: string): Promise<void> {
  const files = await unpacked(await download(client, url));
  for (const [name, bytes] of files) {
    if (!WANTED.test(name)) continue;
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

async function download(client: S3Client, url: string): Promise<Uint8Array> {
  const [, Bucket, Key] = URL_OF_OBJECT.exec(url) ?? [];
  if (!Bucket || !Key) throw new TrainingError(`the job's result has no address in S3: ${url}`);
  const abortSignal = AbortSignal.timeout(LIMIT_MS);
  const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand({ Bucket, Key }), {
    abortSignal,
  });
  if (!Body || ContentLength > MAX_BYTES) throw new TrainingError(`${url} has ${ContentLength} bytes`);
  return await Body.transformToByteArray();
}

async function unpacked(archive: Uint8Array): Promise<ReadonlyMap<string, Buffer>> {
  try {
    return unpackTar(await promisify(gunzip)(archive, { maxOutputLength: MAX_BYTES }));
  } catch (error) {
    const reason = error instanceof TarError ? error.message : String((error as NodeJS.ErrnoException).code);
    throw new TrainingError(`the job's result cannot be unpacked: ${reason}`);
  }
}
