import { isRecord } from '../local-server/is-record.ts';
import { AwsRefusal } from './aws-answer.ts';
import type { AwsRequest } from './read-aws-request.ts';

/** Of S3's headers those that tell what is asked for. */
const TELLING = ['content-type', 'if-none-match', 'x-amz-server-side-encryption', 'x-amz-content-sha256'];

/** What a call asks for, as the log has it; of images it has only the length. Throws AwsRefusal. */
export function callParams(
  { service, what, query, headers }: AwsRequest,
  body: Buffer,
): Readonly<Record<string, unknown>> {
  if (service === 's3') {
    const told = TELLING.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
    return { ...Object.fromEntries([...query, ...told]), path: what, bytes: body.length };
  }
  const params = parsed(body);
  const { image } = params;
  return service === 'lambda' && typeof image === 'string' ? { ...params, image: image.length } : params;
}

function parsed(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isRecord(value) ? value : { value };
  } catch {
    throw new AwsRefusal('SerializationException');
  }
}
