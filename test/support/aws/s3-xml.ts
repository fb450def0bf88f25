import type { StoredVersion } from './bucket.ts';

/** What a DeleteObjects asks for. */
export interface DeleteRequest {
  readonly objects: readonly ObjectName[];
  readonly isQuiet: boolean;
}

export interface ObjectName {
  readonly key: string;
  /** null: it is only to be marked as deleted. */
  readonly versionId: string | null;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const MOMENT = '2030-01-01T00:00:00.000Z';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export function parseDelete(xml: string): DeleteRequest {
  const objects = [...xml.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, object = '']) => ({
    key: textIn(object, 'Key') ?? '',
    versionId: textIn(object, 'VersionId'),
  }));
  return { objects, isQuiet: textIn(xml, 'Quiet') === 'true' };
}

export function deletedXml(
  deleted: readonly ObjectName[],
  refused: readonly ObjectName[],
  code: string,
): string {
  const done = deleted.map((each) => `<Deleted>${nameXml(each)}</Deleted>`);
  const failed = refused.map((each) => `<Error>${nameXml(each)}<Code>${code}</Code></Error>`);
  return `<DeleteResult>${[...done, ...failed].join('')}</DeleteResult>`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export function versionsXml(
  page: readonly StoredVersion[],
  options: { readonly isTruncated: boolean; isLatest(version: StoredVersion): boolean },
): string {
  const { isTruncated, isLatest } = options;
  const entries = page.map((version) => {
    const tag = version.object ? 'Version' : 'DeleteMarker';
    const size = version.object ? `<Size>${version.object.bytes.length}</Size>` : '';
    const common = `<IsLatest>${isLatest(version)}</IsLatest><LastModified>${MOMENT}</LastModified>`;
    return `<${tag}>${nameXml(version)}${common}${size}</${tag}>`;
  });
  const last = page.at(-1);
  const next =
    isTruncated && last
      ? `<NextKeyMarker>${escaped(last.key)}</NextKeyMarker><NextVersionIdMarker>${last.versionId}</NextVersionIdMarker>`
      : '';
  const head = `<IsTruncated>${isTruncated}</IsTruncated>${next}`;
  return `<ListVersionsResult>${head}${entries.join('')}</ListVersionsResult>`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function objectsXml(
  page: readonly { readonly key: string; readonly size: number; readonly etag: string }[],
  { isTruncated }: { readonly isTruncated: boolean },
): string {
  const entries = page.map(({ key, size, etag }) => {
    const name = nameXml({ key, versionId: null });
    return `<Contents>${name}<Size>${size}</Size><ETag>${escaped(etag)}</ETag></Contents>`;
  });
  const last = page.at(-1);
  const next =
    isTruncated && last ? `<NextContinuationToken>${escaped(last.key)}</NextContinuationToken>` : '';
  return `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${next}${entries.join('')}</ListBucketResult>`;
}

function nameXml({ key, versionId }: ObjectName): string {
  return `<Key>${escaped(key)}</Key>${versionId === null ? '' : `<VersionId>${versionId}</VersionId>`}`;
}

function textIn(xml: string, tag: string): string | null {
  const text = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(xml)?.[1];
  return text?.replace(/&(\w+);/g, (all, name) => ENTITIES[name] ?? all) ?? null;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
