import type { InvocationResponse, LambdaClient } from '@aws-sdk/client-lambda';
import type { z } from 'zod';
import type { Telemetry } from '../core/chat-ports.ts';
import { ArchiveError } from './archive-error.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface LambdaCallOptions<Answer> {
  /** The function's name, or its ARN. */
  readonly name: string;
  readonly answer: z.ZodType<Answer>;
  /** For one call, credentials and the whole answer included. */
  readonly limitMs: number;
  readonly telemetry: Telemetry;
}

export interface LambdaCall<Event, Answer> {
  /** One call, without further tries. Throws ArchiveError. */
  call(event: Event, signal: AbortSignal): Promise<Answer>;
  close(): void;
}

/** Called and not let in: it has certainly not begun. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
const NOT_BEGUN = [400, 401, 403, 404, 409, 413, 415, 429];

/**
 * Calls a function of AWS Lambda and waits for its answer (InvocationType RequestResponse). Region, credentials and address
 * are the SDK's own settings, read from the process environment.
 */
export function createLambdaCall<Event, Answer>(
  options: LambdaCallOptions<Answer>,
): LambdaCall<Event, Answer> {
  const { name, answer, limitMs, telemetry } = options;
  let loading: Promise<Sdk> | null = null;
  let client: LambdaClient | null = null;

  async function invoke(event: Event, signal: AbortSignal): Promise<InvocationResponse> {
    loading ??= import('@aws-sdk/client-lambda');
    const { LambdaClient: Client, InvokeCommand } = await loading;
    client ??= new Client({ maxAttempts: 1 });
    const input = { FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) };
    return client.send(new InvokeCommand(input), { abortSignal: signal });
  }

  async function callOnce(event: Event, given: AbortSignal): Promise<Answer> {
    const limit = AbortSignal.timeout(limitMs);
    const signal = AbortSignal.any([given, limit]);
    try {
      // the SDK does not end its search for credentials with the signal, nor a body that has stalled
      return read(await unlessAborted(invoke(event, signal), signal), answer);
    } catch (error) {
      if (error instanceof ArchiveError) throw error;
      if (limit.aborted) throw new ArchiveError('no answer in time', { isUnsure: true });
      throw failureOf(error);
    }
  }

  return {
    async call(event, signal) {
      const method = 'invoke';
      try {
        const answered = await callOnce(event, signal);
        telemetry.count({ name: 'outside_calls', service: 'lambda', method, outcome: 'ok' });
        return answered;
      } catch (error) {
        const outcome = error instanceof ArchiveError ? error.message : 'bug';
        telemetry.count({ name: 'outside_calls', service: 'lambda', method, outcome });
        throw error;
      }
    },
    close: () => client?.destroy(),
  };
}

type Sdk = typeof import('@aws-sdk/client-lambda');

/** A function that has thrown answers with status 200, too. */
function read<Answer>({ FunctionError, Payload }: InvocationResponse, schema: z.ZodType<Answer>): Answer {
  if (FunctionError !== undefined) throw new ArchiveError('the function failed', { isUnsure: true });
  try {
    return schema.parse(JSON.parse(Buffer.from(Payload ?? []).toString()));
  } catch {
    throw new ArchiveError('an answer that nobody understands', { isUnsure: true }); // its text may hold what was sent
  }
}

/** Its name and status: the SDK's messages hold ARNs. */
function failureOf(error: unknown): ArchiveError {
  const { name, code, $metadata } = error as Readonly<Record<string, unknown>>;
  const { httpStatusCode: status } = ($metadata ?? {}) as Readonly<Record<string, unknown>>;
  const isUnsure = !(NOT_BEGUN.includes(Number(status)) || code === 'ECONNREFUSED' || isOurs(name));
  const [word = 'unknown failure'] = [name, code].filter(isWord);
  return new ArchiveError(String(word), { isUnsure });
}

/** There was nobody to call as. */
function isOurs(name: unknown): boolean {
  return name === 'CredentialsProviderError' || name === 'TokenProviderError';
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && /^\w{1,50}$/.test(value) && value !== 'Error';
}
