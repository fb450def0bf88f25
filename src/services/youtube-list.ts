import type { Log } from '../core/chat-ports.ts';
import type { Track } from '../core/playlist.ts';
import type { ListItem, VideoFacts } from './youtube-answers.ts';
import type { YoutubeApi } from './youtube-api.ts';
import { parseDuration } from './youtube-duration.ts';
import { YoutubeError } from './youtube-error.ts';
import { cleanText } from './youtube-text.ts';

/** Where the people are that this is for: a track has to play in all of these countries. */
const COUNTRIES = ['SA', 'AE', 'KW', 'QA', 'BH', 'OM', 'US', 'GB'] as const;
const MAX_PAGES = 2;
const PAGE_SIZE = 50;
const TITLE_LENGTH = 100;
const CHANNEL_LENGTH = 60;

/**
 * The tracks of a playlist that everybody can play, in its order, up to 100 of them: two to four calls of one unit each.
 * What follows the first page is not worth a failure: without it there are fewer tracks, or they have no durations. Throws
 * YoutubeError, and the signal's reason when it aborts before the first page has come.
 */
export async function fetchYoutubeList(
  api: YoutubeApi,
  list: string,
  log: Log,
  signal: AbortSignal,
): Promise<Track[]> {
  const items = (await fetchItems(api, list, log, signal)).filter(isThere);
  const byId = new Map(items.map((item) => [item.contentDetails.videoId, item]));
  const facts = await fetchFacts(api, [...byId.keys()], log, signal);
  const tracks = [...byId.values()].map((item) => toTrack(item, facts));
  const playable = tracks.filter((track) => track !== null);
  // the list is there, and not for everybody: that is no death
  if (playable.length === 0 && tracks.length > 0) throw new YoutubeError('refused', 'nothing to play');
  return playable;
}

async function fetchItems(
  api: YoutubeApi,
  list: string,
  log: Log,
  signal: AbortSignal,
): Promise<readonly ListItem[]> {
  const first = await api.playlistItems(list, undefined, signal);
  const items = [...first.items];
  let next = first.nextPageToken;
  for (let page = 1; page < MAX_PAGES && next; page += 1) {
    const more = await unlessFailed(api.playlistItems(list, next, signal), log);
    items.push(...(more?.items ?? []));
    next = more?.nextPageToken;
  }
  return items;
}

/** A video that is not among them is no more; null: nothing is known, for one of the calls failed. */
async function fetchFacts(
  api: YoutubeApi,
  ids: readonly string[],
  log: Log,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, VideoFacts> | null> {
  const facts = new Map<string, VideoFacts>();
  for (let at = 0; at < ids.length; at += PAGE_SIZE) {
    const answer = await unlessFailed(api.videos(ids.slice(at, at + PAGE_SIZE), signal), log);
    // not even one of them: that is no answer, and would call a living list empty
    if (!answer || answer.items.length === 0) return null;
    for (const video of answer.items) facts.set(video.id, video);
  }
  return facts;
}

async function unlessFailed<T>(call: Promise<T>, log: Log): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    const reason = error instanceof YoutubeError ? error.message : 'no time left';
    log.warn('a part of a playlist could not be had', { reason });
    return null;
  }
}

/** A deleted or private video stays an entry of the list, with nobody who owns it. */
function isThere({ snippet, status }: ListItem): boolean {
  const hidden = status?.privacyStatus === 'private' || status?.privacyStatus === 'privacyStatusUnspecified';
  return !hidden && snippet.videoOwnerChannelTitle !== undefined;
}

function toTrack(
  { snippet, contentDetails: { videoId } }: ListItem,
  facts: ReadonlyMap<string, VideoFacts> | null,
): Track | null {
  const video = facts?.get(videoId);
  if (facts && !(video && isPlayable(video))) return null;
  const title = cleanText(snippet.title, TITLE_LENGTH);
  if (title === '') return null;
  return {
    title,
    // YouTube calls the channels that it makes itself, one an artist, "… - Topic"
    channel: cleanText(snippet.videoOwnerChannelTitle ?? '', CHANNEL_LENGTH).replace(/ - Topic$/, ''),
    url: `https://www.youtube.com/watch?v=${videoId}`,
    thumbnail: (snippet.thumbnails.medium ?? snippet.thumbnails.default)?.url ?? null,
    seconds: parseDuration(video?.contentDetails.duration ?? ''),
  };
}

function isPlayable({ contentDetails, status }: VideoFacts): boolean {
  if (status.uploadStatus !== 'processed' || status.privacyStatus === 'private') return false;
  const { allowed, blocked } = contentDetails.regionRestriction ?? {};
  return COUNTRIES.every(
    (country) => !blocked?.includes(country) && (allowed === undefined || allowed.includes(country)),
  );
}
