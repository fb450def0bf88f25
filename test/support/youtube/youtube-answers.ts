import { YoutubeRefusal } from './youtube-refusal.ts';
import type { FakeList, FakeVideo } from './youtube-types.ts';

const PAGE_SIZE_LIMIT = 50;
const GONE = { deleted: 'Deleted video', private: 'Private video' } as const;

/** https://developers.google.com/youtube/v3/docs/playlistItems/list */
export function answerPlaylistItems(lists: ReadonlyMap<string, FakeList>, query: URLSearchParams): object {
  const list = lists.get(query.get('playlistId') ?? '');
  if (!list) throw YoutubeRefusal.playlistNotFound();
  if (list.isPrivate) throw YoutubeRefusal.playlistPrivate();
  const size = pageSize(query);
  const at = startOf(query.get('pageToken'));
  const next = at + size;
  return {
    kind: 'youtube#playlistItemListResponse',
    etag: etag(list.id, at),
    ...(next < list.videos.length && { nextPageToken: tokenOf(next) }),
    ...(at > 0 && { prevPageToken: tokenOf(Math.max(0, at - size)) }),
    items: list.videos.slice(at, next).map((video, index) => itemOf(list, video, at + index)),
    pageInfo: { totalResults: list.videos.length, resultsPerPage: size },
  };
}

/** https://developers.google.com/youtube/v3/docs/videos/list */
export function answerVideos(lists: ReadonlyMap<string, FakeList>, query: URLSearchParams): object {
  const ids = query.getAll('id').flatMap((each) => each.split(','));
  if (ids.length > PAGE_SIZE_LIMIT) throw YoutubeRefusal.badRequest('invalidFilters');
  const all = new Map([...lists.values()].flatMap(({ videos }) => videos).map((video) => [video.id, video]));
  const found = ids.map((id) => all.get(id)).filter((video) => video !== undefined);
  const seen = found.filter(({ state }) => state === 'public' || state === 'uploaded');
  return {
    kind: 'youtube#videoListResponse',
    etag: etag(ids.join()),
    items: seen.map(videoOf),
    pageInfo: { totalResults: seen.length, resultsPerPage: seen.length },
  };
}

function itemOf(list: FakeList, video: FakeVideo, position: number): object {
  const gone = video.state === 'deleted' || video.state === 'private' ? GONE[video.state] : null;
  const picture = (name: string, width: number, height: number) => ({
    url: `https://i.ytimg.com/vi/${video.id}/${name}.jpg`,
    width,
    height,
  });
  return {
    kind: 'youtube#playlistItem',
    etag: etag(list.id, position),
    id: Buffer.from(`${list.id}.${video.id}`).toString('base64url'),
    snippet: {
      publishedAt: '2024-03-01T08:00:00Z',
      channelId: 'UC-9-kyTW8ZkZNDHQJ6FgpwQ',
      title: gone ?? video.title,
      description: gone ? 'This video is unavailable.' : '',
      thumbnails: gone
        ? {}
        : { default: picture('default', 120, 90), medium: picture('mqdefault', 320, 180) },
      channelTitle: 'Music',
      playlistId: list.id,
      position,
      resourceId: { kind: 'youtube#video', videoId: video.id },
      ...(!gone && {
        videoOwnerChannelTitle: video.channel,
        videoOwnerChannelId: `UC${etag(video.channel)}`,
      }),
    },
    contentDetails: { videoId: video.id, ...(!gone && { videoPublishedAt: '2024-02-01T08:00:00Z' }) },
    status: { privacyStatus: privacyOf(video) },
  };
}

function privacyOf({ state }: FakeVideo): string {
  if (state === 'deleted') return 'privacyStatusUnspecified';
  return state === 'private' ? 'private' : 'public';
}

function videoOf({ id, seconds, state, blocked, allowed }: FakeVideo): object {
  const region = blocked ? { blocked } : allowed ? { allowed } : null;
  return {
    kind: 'youtube#video',
    etag: etag(id),
    id,
    contentDetails: {
      duration: `PT${Math.floor(seconds / 60)}M${seconds % 60}S`,
      dimension: '2d',
      definition: 'hd',
      caption: 'false',
      licensedContent: true,
      ...(region && { regionRestriction: region }),
      contentRating: {},
      projection: 'rectangular',
    },
    status: {
      uploadStatus: state === 'uploaded' ? 'uploaded' : 'processed',
      privacyStatus: 'public',
      license: 'youtube',
      embeddable: true,
      publicStatsViewable: true,
      madeForKids: false,
    },
  };
}

function pageSize(query: URLSearchParams): number {
  const size = Number(query.get('maxResults') ?? 5);
  if (!Number.isInteger(size) || size < 0 || size > PAGE_SIZE_LIMIT) {
    throw YoutubeRefusal.badRequest('invalidParameter');
  }
  return size;
}

function tokenOf(at: number): string {
  return `EAAaB1BUOg${Buffer.from(String(at)).toString('base64url')}`;
}

function startOf(token: string | null): number {
  if (token === null) return 0;
  const at = Number(Buffer.from(token.slice(10), 'base64url').toString());
  if (tokenOf(at) !== token) throw YoutubeRefusal.badRequest('invalidPageToken');
  return at;
}

function etag(...of: readonly (string | number)[]): string {
  return Buffer.from(of.join('/')).toString('base64url').slice(0, 22);
}
