import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AwsService } from './aws-account.ts';

/** What is asked for, as far as it can be told before the body has come. */
export interface AwsRequest {
  readonly service: AwsService;
  /** As the log names it: `PutObject`, `dynamodb:PutItem`, `Invoke:vibe-archive`, `GetSecretValue`, `CreateTrainingJob`. */
  readonly method: string;
  /** The key, the table's or the function's name. */
  readonly what: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const TARGET = /^(secretsmanager|SageMaker|DynamoDB_20120810)\.(\w+)$/;

export function readAwsRequest({ method = '', url = '', headers }: IncomingMessage): AwsRequest {
  const { pathname, searchParams: query } = new URL(url, 'http://aws');
  const common = { query, headers };
  const [, api, operation = ''] = TARGET.exec(String(headers['x-amz-target'] ?? '')) ?? [];
  if (api === 'secretsmanager') return { ...common, service: api, method: operation, what: '' };
  if (api === 'SageMaker') return { ...common, service: 'sagemaker', method: operation, what: '' };
  if (api) return { ...common, service: 'dynamodb', method: `dynamodb:${operation}`, what: '' };
  const [, name] = INVOKE.exec(pathname) ?? [];
  if (name) {
    const what = decodeURIComponent(name);
    return { ...common, service: 'lambda', method: `Invoke:${what}`, what };
  }
  const what = decodeURIComponent(pathname.slice(1));
  return { ...common, service: 's3', method: objectMethod(method, what, query), what };
}

/** `what` is `bucket` or `bucket/key`. */
function objectMethod(method: string, what: string, query: URLSearchParams): string {
  const isOfBucket = !what.replace(/\/$/, '').includes('/');
  if (isOfBucket && method === 'GET' && query.has('versions')) return 'ListObjectVersions';
  if (isOfBucket && method === 'GET' && query.get('list-type') === '2') return 'ListObjectsV2';
  if (isOfBucket && method === 'POST' && query.has('delete')) return 'DeleteObjects';
  const ofKeys: Readonly<Record<string, string>> = {
    PUT: 'PutObject',
    GET: 'GetObject',
    HEAD: 'HeadObject',
    DELETE: 'DeleteObject',
  };
  return (isOfBucket ? undefined : ofKeys[method]) ?? `${method} ${what}`;
}
