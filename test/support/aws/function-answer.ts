import { type AwsAnswer, AwsRefusal, jsonAnswer } from './aws-answer.ts';
import type { LocalFunction } from './local-functions.ts';
import type { AwsRequest } from './read-aws-request.ts';

/** 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Throws AwsRefusal for what is refused before a function is called. */
export function checkInvocation({ headers }: AwsRequest, body: Buffer): void {
  if (body.length > MAX_PAYLOAD_BYTES) throw new AwsRefusal('RequestTooLargeException', 413);
  const { 'x-amz-invocation-type': type = 'RequestResponse' } = headers;
  if (type !== 'RequestResponse') throw new AwsRefusal('InvalidParameterValueException');
}

/** Calls it, and waits for it: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export async function functionAnswer(call: LocalFunction, body: Buffer): Promise<AwsAnswer> {
  try {
    return jsonAnswer(await call(JSON.parse(body.toString())), 'application/json', EXECUTED);
  } catch (error) {
    return functionError(error);
  }
}

/** What comes when a function has thrown, or has been ended. */
export function functionError(error: unknown): AwsAnswer {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const body = { errorType: name, errorMessage: message, trace: [] };
  return jsonAnswer(body, 'application/json', { ...EXECUTED, 'x-amz-function-error': 'Unhandled' });
}

const EXECUTED = { 'x-amz-executed-version': '$LATEST' };
