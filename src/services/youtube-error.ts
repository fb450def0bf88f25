import { z } from 'zod';

export type YoutubeFailure =
  /** There is no such playlist, or it is not for everybody. */
  | 'dead'
  /** The key is not taken. */
  | 'key'
  /** No more calls today: YouTube's limit, or our own. */
  | 'quota'
  /** May go well the next time: no answer, half of one, or one of a server in trouble. */
  | 'passing'
  | 'refused';

/** Why YouTube gave nothing. The message is a short reason: the library's own errors hold the key, and are no cause of this. */
export class YoutubeError extends Error {
  override readonly name = 'YoutubeError';
  readonly kind: YoutubeFailure;

  constructor(kind: YoutubeFailure, reason: string) {
    super(reason);
    this.kind = kind;
  }
}

/**
 * Google's answer to a call it does not do. https://developers.google.com/youtube/v3/docs/errors; the details are of
 * https://google.aip.dev/193.
 */
const answerSchema = z.object({
  error: z.object({
    errors: z.array(z.object({ reason: z.string(), domain: z.string().optional() })).default([]),
    details: z.array(z.object({ reason: z.string().optional() })).default([]),
  }),
});

/** What a call of the library rejected with, as an error of ours. */
export function youtubeErrorOf(thrown: unknown): YoutubeError {
  if (thrown instanceof YoutubeError) return thrown;
  const { status, code, response } = thrown as {
    status?: unknown;
    code?: unknown;
    response?: { data?: unknown };
  };
  if (typeof status === 'number') return refusalOf(status, response?.data);
  return new YoutubeError('passing', typeof code === 'string' && isWord(code) ? code : 'no answer');
}

function refusalOf(status: number, data: unknown): YoutubeError {
  const { error } = answerSchema.safeParse(data).data ?? { error: { errors: [], details: [] } };
  const [first] = error.errors;
  const detail = error.details.find((each) => each.reason)?.reason;
  const named = [detail, first?.reason].find((reason) => reason !== undefined && isWord(reason));
  return new YoutubeError(kindOf(status, first, detail), named ?? `http ${status}`);
}

function kindOf(
  status: number,
  first: { readonly reason: string; readonly domain?: string | undefined } | undefined,
  detail: string | undefined,
): YoutubeFailure {
  const reason = first?.reason ?? '';
  if (QUOTA.has(reason)) return 'quota';
  if (status === 404 && reason === 'playlistNotFound') return 'dead';
  // of a playlist; a key that may not be used here is forbidden, too, but in the domain "global"
  if (status === 403 && first?.domain?.startsWith('youtube.playlist')) return 'dead';
  if (status === 401 || KEY.has(reason) || detail?.startsWith('API_KEY_')) return 'key';
  if (status === 408 || status >= 500) return 'passing';
  return 'refused';
}

const QUOTA: ReadonlySet<string> = new Set(['quotaExceeded', 'dailyLimitExceeded']);
const KEY: ReadonlySet<string> = new Set([
  'keyInvalid',
  'keyExpired',
  'accessNotConfigured',
  'ipRefererBlocked',
]);

/** Not a sentence, in which there might be anything. */
function isWord(text: string): boolean {
  return /^[A-Za-z_]{1,40}$/.test(text);
}
