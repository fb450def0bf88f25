import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { WordsError } from './words-error.ts';

/** The connection was never made. */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|ERR_SSL_.*|ERR_TLS_CERT_.*|CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/;

/** What a call rejected with, as an error of ours. Takes no text along: messages may quote what was sent, or the key. */
export function openaiFailure(error: unknown, calendar: () => number): WordsError {
  if (error instanceof WordsError) return error;
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError) {
    return new WordsError('timed out', { passing: true });
  }
  if (error instanceof APIConnectionError) {
    const free = codesOf(error).some((code) => NOT_CONNECTED.test(code));
    return new WordsError('not connected', { passing: true, free });
  }
  if (error instanceof APIError && error.status) return refusalOf(error, calendar);
  // the library reads bodies itself, and gives what is wrong with them as it is
  if (error instanceof SyntaxError) return new WordsError('malformed', { passing: true });
  const { name } = error as { name?: unknown };
  const timedOut = name === 'AbortError' || name === 'TimeoutError';
  return new WordsError(timedOut ? 'timed out' : 'cut off', { passing: true });
}

function refusalOf(
  { status, code, type, headers }: Pick<APIError, 'status' | 'code' | 'type' | 'headers'>,
  calendar: () => number,
): WordsError {
  // of what stands behind a gateway nobody knows what it has done
  const free = status !== 408 && status !== 502 && !((status ?? 0) >= 504);
  if (code === 'insufficient_quota' || type === 'insufficient_quota') {
    return new WordsError('insufficient quota', { free });
  }
  // also with 403, for a model that the key's project may not use; a proxy's own 404 has neither type nor code
  if (code === 'model_not_found' || (status === 404 && (code ?? type ?? null) !== null)) {
    return new WordsError('model gone', { free, remedy: 'another model' });
  }
  if (status === 401 || status === 403) return new WordsError('key refused', { free, remedy: 'another key' });
  const passing = status === 408 || status === 409 || status === 429 || (status ?? 0) >= 500;
  return new WordsError(`http ${status}`, { free, passing, pauseMs: pauseOf(headers, calendar) });
}

/** https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Retry-After, and OpenAI's own finer one. */
function pauseOf(headers: APIError['headers'], calendar: () => number): number {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (ms >= 0) return ms;
  const after = headers?.get('retry-after') ?? '';
  const seconds = after === '' ? Number.NaN : Number(after);
  if (seconds >= 0) return seconds * 1000;
  const until = Date.parse(after);
  return Number.isNaN(until) ? 0 : Math.max(0, until - calendar());
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let each = error as { code?: unknown; cause?: unknown } | undefined; each; ) {
    if (typeof each.code === 'string') codes.push(each.code);
    each = each.cause as typeof each;
  }
  return codes;
}
