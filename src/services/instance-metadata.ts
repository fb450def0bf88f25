import type { Clock } from '../core/ports.ts';

export interface InstanceMetadataOptions {
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly clock: Clock;
  /** For one call, its whole answer included, in milliseconds; 1,000 unless told. */
  readonly limitMs?: number;
}

/** What EC2 tells an instance about itself. */
export interface InstanceMetadata {
  /** null where there is nothing at the path. Throws MetadataError, and the signal's reason. */
  get(path: string, signal: AbortSignal): Promise<string | null>;
}

/** Its message holds neither what was sent nor what came back. */
export class MetadataError extends Error {
  override readonly name = 'MetadataError';
}

const LIMIT_MS = 1000;
const TOKEN_SECONDS = 21_600;
/** Half of its life. */
const RENEW_AFTER_MS = (TOKEN_SECONDS / 2) * 1000;

/**
 * The instance metadata service in its second version, which wants a token with each call.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html
 */
export function createInstanceMetadata(options: InstanceMetadataOptions): InstanceMetadata {
  const { endpoint, clock, limitMs = LIMIT_MS } = options;
  let token: { readonly text: string; readonly at: number } | null = null;

  async function call(path: string, init: RequestInit, signal: AbortSignal) {
    const limit = AbortSignal.timeout(limitMs);
    try {
      const ended = AbortSignal.any([signal, limit]);
      const response = await fetch(`${endpoint}${path}`, { ...init, redirect: 'error', signal: ended });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      signal.throwIfAborted();
      throw new MetadataError(limit.aborted ? `no answer within ${limitMs} ms` : reasonOf(error));
    }
  }

  async function newToken(signal: AbortSignal): Promise<string> {
    const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': `${TOKEN_SECONDS}` };
    const at = clock();
    const { status, text } = await call('/latest/api/token', { method: 'PUT', headers }, signal);
    if (status !== 200 || !TOKEN.test(text)) throw new MetadataError(`no token (status ${status})`);
    token = { text, at };
    return text;
  }

  async function getWithToken(path: string, signal: AbortSignal) {
    const isFresh = token !== null && clock() - token.at < RENEW_AFTER_MS;
    const text = isFresh && token !== null ? token.text : await newToken(signal);
    return await call(path, { headers: { 'x-aws-ec2-metadata-token': text } }, signal);
  }

  return {
    async get(path, signal) {
      let answer = await getWithToken(path, signal);
      if (answer.status === 401) {
        token = null; // it was taken back before its time
        answer = await getWithToken(path, signal);
      }
      if (answer.status === 404) return null;
      if (answer.status !== 200) throw new MetadataError(`status ${answer.status}`);
      return answer.text;
    },
  };
}

/** What a header can carry. */
const TOKEN = /^[\x21-\x7e]+$/;

function reasonOf(error: unknown): string {
  const { cause, name } = error as Error;
  const { code = name } = (cause ?? {}) as { readonly code?: unknown };
  return `it cannot be reached (${code})`;
}
