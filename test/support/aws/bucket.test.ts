import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { CREDENTIALS, REGION } from './aws-account.ts';
import { startFakeAws } from './fake-aws.ts';

const BYTES = Buffer.from('0123456789'.repeat(20_000));
const Bucket = 'vibe-archive';

async function open() {
  const aws = await startFakeAws();
  const endpoint = aws.settings['AWS_ENDPOINT_URL'] ?? '';
  const s3 = new S3Client({
    ...{ endpoint, region: REGION, credentials: CREDENTIALS },
    ...{ forcePathStyle: true, maxAttempts: 1 },
  });
  onTestFinished(async () => {
    s3.destroy();
    await aws.close();
  });
  const put = (Key: string, Body: Readable | Buffer | string, more: Partial<PutObjectCommandInput> = {}) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const list = async (more: object = {}) => {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, ...more }));
    const all = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    return { page, keys: all.map(({ Key }) => Key) };
  };
  return { aws, s3, put, list };
}

it('keeps what was put, and gives it back', async () => {
  const { aws, s3, put } = await open();
  await put('a & <b>.jpg', BYTES, { ContentType: 'image/jpeg', ServerSideEncryption: 'AES256' });
  const metadata = { contentType: 'image/jpeg', serverSideEncryption: 'AES256' };
  expect(aws.objects.get('a & <b>.jpg')).toEqual({ bytes: BYTES, ...metadata });
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a & <b>.jpg' }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(BYTES);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a & <b>.jpg' }));
  expect(head).toMatchObject({ ContentType: 'image/jpeg', ServerSideEncryption: 'AES256' });
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
});

it('takes a stream in chunks, and keeps only what is in them', async () => {
  const { aws, put } = await open();
  await put('a', Readable.from([BYTES.subarray(0, 70_000), BYTES.subarray(70_000)]), {
    ContentLength: BYTES.length,
  });
  expect(aws.calls[0]?.params).toMatchObject({
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  });
  expect(aws.objects.get('a')?.bytes).toEqual(BYTES);
});

it('refuses what is not what its checksum says', async () => {
  const { aws, put } = await open();
  const wrong = { name: 'BadDigest' };
  await expect(put('a', BYTES, { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject(wrong);
  const other = createHash('sha256').update('other').digest('base64');
  await expect(put('a', BYTES, { ChecksumSHA256: other })).rejects.toMatchObject(wrong);
  const right = createHash('sha256').update(BYTES).digest('base64');
  await put('a', BYTES, { ChecksumSHA256: right });
  expect(aws.versions('a')).toHaveLength(1);
});

it('makes an object only where there is none, however many come at once', async () => {
  const { aws, s3, put } = await open();
  const create = (body: string) => put('a', body, { IfNoneMatch: '*' });
  const outcomes = await Promise.allSettled(['1', '2', '3'].map(create));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(refused?.reason).toMatchObject({
    name: 'PreconditionFailed',
    $metadata: { httpStatusCode: 412 },
  });
  expect(aws.versions('a')).toHaveLength(1);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  await create('4');
  expect(aws.versions('a').map(({ object }) => object && `${object.bytes}`)).toEqual([
    '4',
    null,
    expect.any(String),
  ]);
});

it('lists versions and marks of deletions, page by page', async () => {
  const { aws, s3, put, list } = await open();
  for (const key of ['a', 'a', 'ab', 'b', 'c']) await put(key, key);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'b' }));
  expect((await list()).keys).toEqual(['a', 'a', 'ab', 'b', 'c', 'b']);
  expect((await list({ Prefix: 'a' })).keys).toEqual(['a', 'a', 'ab']);
  aws.setBucket({ pageSize: 2 });
  const keys: unknown[] = [];
  let marks = {};
  for (let pages = 0; pages < 3; pages += 1) {
    const { page, keys: some } = await list(marks);
    keys.push(...some);
    expect(page.IsTruncated).toBe(pages < 2);
    marks = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
  expect(keys).toEqual(['a', 'a', 'ab', 'b', 'b', 'c']);
});

it('deletes versions for good, and says which it has not', async () => {
  const { aws, s3, put } = await open();
  const [first, second] = [await put('a', '1'), await put('a', '2')];
  const Objects = [first, second].map(({ VersionId }) => ({ Key: 'a', VersionId }));
  aws.fail({ method: 'DeleteObjects', kind: 'refuse-object', code: 'InternalError' });
  const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(Errors).toMatchObject([{ Key: 'a', VersionId: first.VersionId, Code: 'InternalError' }]);
  expect(Deleted).toMatchObject([{ Key: 'a', VersionId: second.VersionId }]);
  expect(aws.versions('a').map(({ versionId }) => versionId)).toEqual([first.VersionId]);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: first.VersionId }));
  expect(aws.versions('a')).toEqual([]);
});

it('replaces and deletes where the bucket keeps no versions', async () => {
  const { aws, s3, put, list } = await open();
  aws.setBucket({ isVersioned: false });
  await put('a', '1');
  expect(await put('a', '2')).not.toHaveProperty('VersionId');
  const { page } = await list();
  expect(page.Versions).toMatchObject([{ Key: 'a', VersionId: 'null', IsLatest: true }]);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  expect(aws.versions('a')).toEqual([]);
});
