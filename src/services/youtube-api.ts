import { youtube } from 'googleapis/build/src/apis/youtube/index.js';
import type { z } from 'zod';
import type { Sleep, Telemetry } from '../core/chat-ports.ts';
import { backoff, tryAgain } from '../core/try-again.ts';
import type { Credentials } from './credentials.ts';
import type { YoutubeUnits } from './sqlite-youtube-units.ts';
import { type ItemsAnswer, itemsAnswer, type VideosAnswer, videosAnswer } from './youtube-answers.ts';
import { YoutubeError, youtubeErrorOf } from './youtube-error.ts';

/** Both calls cost one unit. They throw YoutubeError, or the signal's reason when it aborts. */
export interface YoutubeApi {
  /** Up to 50 entries of a playlist; `page` is what the page before named as the next. */
  playlistItems(list: string, page: string | undefined, signal: AbortSignal): Promise<ItemsAnswer>;
  /** What is known of up to 50 videos; those that are no more are left out. */
  videos(ids: readonly string[], signal: AbortSignal): Promise<VideosAnswer>;
}

export interface YoutubeApiOptions {
  readonly credentials: Credentials;
  /** https://youtube.googleapis.com/ or a server that speaks like it. */
  readonly rootUrl: string;
  readonly units: YoutubeUnits;
  readonly telemetry: Telemetry;
  readonly sleep: Sleep;
  /** For one attempt, with its body. */
  readonly attemptMs?: number;
}

type Method = 'playlistItems' | 'videos';
type Act = (key: string, signal: AbortSignal) => Promise<{ readonly data: unknown }>;

const ATTEMPTS = 2;
const ATTEMPT_MS = 3500;
const COST_UNITS = 1;
const MAX_BYTES = 4_000_000;

/** The library's client: an attempt each is counted before it is made, and what fails for now is tried once more. */
export function createYoutubeApi(options: YoutubeApiOptions): YoutubeApi {
  const { rootUrl, credentials, sleep } = options;
  const client = youtube({ version: 'v3', rootUrl });
  // its own retries would not be counted
  const request = (signal: AbortSignal) => ({ signal, retry: false, maxContentLength: MAX_BYTES });

  async function call<Answer>(
    method: Method,
    schema: z.ZodType<Answer>,
    act: Act,
    signal: AbortSignal,
  ): Promise<Answer> {
    const used = credentials.get('YOUTUBE_API_KEY');
    if (used === null) throw new YoutubeError('key', 'no key');
    const withKey = (key: string) =>
      tryAgain(() => attempt(options, method, schema, (each) => act(key, each), signal), {
        attempts: ATTEMPTS,
        pauseAfter: (error, done) =>
          error instanceof YoutubeError && error.kind === 'passing' ? backoff(done) : null,
        sleep,
        signal,
      });
    try {
      return await withKey(used);
    } catch (error) {
      if (!(error instanceof YoutubeError && error.kind === 'key')) throw error;
      if (!(await credentials.refresh('YOUTUBE_API_KEY', used))) throw error;
      signal.throwIfAborted();
      const renewed = credentials.get('YOUTUBE_API_KEY');
      if (renewed === null) throw error;
      return await withKey(renewed);
    }
  }

  return {
    playlistItems: (list, page, signal) =>
      call(
        'playlistItems',
        itemsAnswer,
        (key, each) => {
          const asked = {
            key,
            playlistId: list,
            part: ['snippet', 'contentDetails', 'status'],
            maxResults: 50,
          };
          return client.playlistItems.list({ ...asked, ...(page && { pageToken: page }) }, request(each));
        },
        signal,
      ),
    videos: (ids, signal) =>
      call(
        'videos',
        videosAnswer,
        (key, each) => {
          const asked = { key, id: [ids.join(',')], part: ['contentDetails', 'status'], maxResults: 50 };
          return client.videos.list(asked, request(each));
        },
        signal,
      ),
  };
}

async function attempt<Answer>(
  { units, telemetry, attemptMs = ATTEMPT_MS }: YoutubeApiOptions,
  method: Method,
  schema: z.ZodType<Answer>,
  act: (signal: AbortSignal) => Promise<{ readonly data: unknown }>,
  signal: AbortSignal,
): Promise<Answer> {
  const count = (outcome: string) =>
    telemetry.count({ name: 'outside_calls', service: 'youtube', method, outcome });
  if (!units.spend(COST_UNITS)) throw new YoutubeError('quota', 'the units of the day are used up');
  const late = AbortSignal.timeout(attemptMs);
  try {
    const { data } = await act(AbortSignal.any([signal, late]));
    // what is no JSON comes as a string, and as a success
    const parsed = schema.safeParse(data);
    if (!parsed.success) throw new YoutubeError('passing', 'malformed');
    count('ok');
    return parsed.data;
  } catch (thrown) {
    signal.throwIfAborted();
    const error = late.aborted ? new YoutubeError('passing', 'timed out') : youtubeErrorOf(thrown);
    count(error.kind);
    throw error;
  }
}
