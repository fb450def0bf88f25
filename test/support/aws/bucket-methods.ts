import { createHash } from 'node:crypto';
import { type AwsAnswer, AwsRefusal, xmlAnswer } from './aws-answer.ts';
import type { Bucket, Mark, StoredVersion } from './bucket.ts';
import type { AwsRequest } from './read-aws-request.ts';
import { readObjectBody } from './read-object-body.ts';
import { deletedXml, objectsXml, parseDelete, versionsXml } from './s3-xml.ts';

/** A call of S3, with its body as it came. */
export interface BucketCall {
  readonly request: AwsRequest;
  readonly key: string;
  readonly body: Buffer;
  /** What one object of many is refused with; null: none is. */
  readonly refuseOne: string | null;
}

const MAX_KEYS = 1000;

/** Does it as https://docs.aws.amazon.com/AmazonS3/latest/API/ tells it. Throws AwsRefusal. */
export function answerBucketCall(bucket: Bucket, call: BucketCall): AwsAnswer {
  const { method } = call.request;
  switch (method) {
    case 'PutObject':
      return putObject(bucket, call);
    case 'GetObject':
    case 'HeadObject':
      return getObject(bucket, call);
    case 'DeleteObject':
      bucket.delete(call.key, call.request.query.get('versionId'));
      return { status: 204, headers: {}, body: '' };
    case 'DeleteObjects':
      return deleteObjects(bucket, call);
    case 'ListObjectsV2':
      return listObjects(bucket, call.request.query);
    case 'ListObjectVersions':
      return listVersions(bucket, call.request.query);
    default:
      throw new AwsRefusal('MethodNotAllowed', 405);
  }
}

function putObject(bucket: Bucket, { request: { headers }, key, body }: BucketCall): AwsAnswer {
  const bytes = readObjectBody(body, headers);
  const condition = headers['if-none-match'];
  if (condition !== undefined && condition !== '*') throw new AwsRefusal('NotImplemented', 501);
  if (condition === '*' && bucket.object(key)) throw new AwsRefusal('PreconditionFailed', 412);
  const encryption = headers['x-amz-server-side-encryption'];
  const { versionId, object } = bucket.put(key, {
    bytes,
    contentType: headers['content-type'] ?? 'binary/octet-stream',
    serverSideEncryption: encryption === undefined ? null : String(encryption),
  });
  return { status: 200, headers: headersOf({ versionId, object }), body: '' };
}

function getObject(bucket: Bucket, { request, key }: BucketCall): AwsAnswer {
  const versionId = request.query.get('versionId');
  const versions = bucket.versions(key);
  const found = versionId === null ? versions[0] : versions.find((each) => each.versionId === versionId);
  if (!found?.object) throw new AwsRefusal('NoSuchKey', 404);
  const { bytes, contentType } = found.object;
  const headers = { ...headersOf(found), 'content-type': contentType };
  return { status: 200, headers, body: request.method === 'HeadObject' ? '' : bytes };
}

function headersOf({
  versionId,
  object,
}: Pick<StoredVersion, 'versionId' | 'object'>): Record<string, string> {
  const encryption = object?.serverSideEncryption;
  return {
    etag: etagOf(object?.bytes ?? ''),
    ...(versionId !== 'null' && { 'x-amz-version-id': versionId }),
    ...(encryption && { 'x-amz-server-side-encryption': encryption }),
  };
}

function deleteObjects(bucket: Bucket, { request: { headers }, body, refuseOne }: BucketCall): AwsAnswer {
  const isChecked = Object.keys(headers).some(
    (name) => name === 'content-md5' || name.startsWith('x-amz-checksum-'),
  );
  if (!isChecked) throw new AwsRefusal('InvalidRequest');
  const { objects, isQuiet } = parseDelete(readObjectBody(body, headers).toString());
  if (objects.length === 0 || objects.length > MAX_KEYS) throw new AwsRefusal('MalformedXML');
  const refused = refuseOne === null ? [] : objects.slice(0, 1);
  const deleted = objects.slice(refused.length);
  for (const { key, versionId } of deleted) bucket.delete(key, versionId);
  return xmlAnswer(deletedXml(isQuiet ? [] : deleted, refused, refuseOne ?? ''));
}

function listVersions(bucket: Bucket, query: URLSearchParams): AwsAnswer {
  const key = query.get('key-marker');
  const mark: Mark | null = key === null ? null : { key, versionId: query.get('version-id-marker') };
  const prefix = query.get('prefix') ?? '';
  const all = bucket.list(prefix, mark);
  const maxKeys = Math.min(Number(query.get('max-keys') ?? MAX_KEYS), bucket.pageSize);
  const isLatest = (version: StoredVersion) => bucket.versions(version.key)[0] === version;
  return xmlAnswer(versionsXml(all.slice(0, maxKeys), { isTruncated: all.length > maxKeys, isLatest }));
}

/** The objects that are there; the mark where a page goes on is the last key before it. */
function listObjects(bucket: Bucket, query: URLSearchParams): AwsAnswer {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const all = [...bucket.objects()].filter(([key]) => key.startsWith(prefix) && key > after);
  const page = all.slice(0, Math.min(Number(query.get('max-keys') ?? MAX_KEYS), bucket.pageSize));
  const objects = page.map(([key, { bytes }]) => ({ key, size: bytes.length, etag: etagOf(bytes) }));
  return xmlAnswer(objectsXml(objects, { isTruncated: all.length > page.length }));
}

function etagOf(bytes: Buffer | string): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}
