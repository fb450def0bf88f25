import { expect, it } from 'vitest';
import { makeVideo, TRACKS_OF_A_LIST } from '../support/youtube/default-lists.ts';
import { allPages, openYoutubeTracks } from '../support/youtube-tracks.ts';

it('gives five tracks with all that a card shows', async () => {
  const { tracks, fake, map, youtube } = await openYoutubeTracks();
  const { list } = map.lists('jazz', 'global');
  const page = await tracks('jazz', 'global');
  expect(page?.pages).toBe(TRACKS_OF_A_LIST / 5);
  expect(page?.tracks).toHaveLength(5);
  for (const track of page?.tracks ?? []) {
    const video = fake.list(list).videos.find(({ id }) => track.url.endsWith(id));
    expect(track).toEqual({
      title: video?.title,
      channel: video?.channel.replace(' - Topic', ''),
      url: `https://www.youtube.com/watch?v=${video?.id}`,
      thumbnail: `https://i.ytimg.com/vi/${video?.id}/mqdefault.jpg`,
      seconds: video?.seconds,
    });
  }
  expect(youtube.trackSource.available).toBe(true);
  expect(fake.calls.map(({ method, status }) => `${method} ${status}`)).toEqual([
    'playlistItems 200',
    'playlistItems 200',
    'videos 200',
    'videos 200',
  ]);
});

it('pages through every track once, and then begins again', async () => {
  const { tracks } = await openYoutubeTracks();
  const all = await allPages((page) => tracks('pop', 'khaleeji', page));
  expect(new Set(all.map(({ url }) => url)).size).toBe(TRACKS_OF_A_LIST);
  const first = await tracks('pop', 'khaleeji', 0);
  expect(first?.tracks).toEqual(all.slice(0, 5));
  for (const same of [12, 12_000, -12, Number.NaN, Number.POSITIVE_INFINITY, 0.5]) {
    expect(await tracks('pop', 'khaleeji', same)).toEqual(first);
  }
  expect((await tracks('pop', 'khaleeji', -1))?.tracks).toEqual(all.slice(-5));
});

it('gives another five for another seed, and the same for the same', async () => {
  const { tracks } = await openYoutubeTracks();
  const seen = new Set<string>();
  for (const seed of [0, 1, 2, 3, 65_535]) {
    const page = await tracks('rock', 'global', 0, seed);
    expect(await tracks('rock', 'global', 0, seed)).toEqual(page);
    seen.add(JSON.stringify(page));
  }
  expect(seen.size).toBe(5);
});

it('leaves out what not everybody can play', async () => {
  const { tracks, fake, map } = await openYoutubeTracks();
  const list = fake.list(map.lists('pop', 'global').list);
  list.videos = [
    { ...makeVideo('fine', 'pop', 1), title: 'fine' },
    { ...makeVideo('a', 'pop', 1), state: 'deleted' },
    { ...makeVideo('b', 'pop', 1), state: 'private' },
    { ...makeVideo('c', 'pop', 1), state: 'uploaded' },
    { ...makeVideo('d', 'pop', 1), blocked: ['OM'] },
    { ...makeVideo('e', 'pop', 1), allowed: ['SA', 'AE', 'KW', 'QA', 'BH', 'OM', 'US'] },
    { ...makeVideo('f', 'pop', 1), allowed: [] },
    { ...makeVideo('g', 'pop', 1), blocked: ['DE', 'RU'], title: 'not blocked here' },
    { ...makeVideo('h', 'pop', 1), blocked: [], title: 'blocked nowhere' },
    { ...makeVideo('i', 'pop', 1), title: '\u202E\u0007' },
    { ...makeVideo('fine', 'pop', 1), title: 'a second time' },
  ];
  const page = await tracks('pop', 'global');
  expect(page?.pages).toBe(1);
  const titles = page?.tracks.map(({ title }) => title).sort();
  expect(titles).toEqual(['a second time', 'blocked nowhere', 'not blocked here']);
});

it('cleans what strangers wrote', async () => {
  const { tracks, fake, map } = await openYoutubeTracks();
  fake.list(map.lists('pop', 'global').list).videos = [
    {
      ...makeVideo('x', 'pop', 1),
      title: `\u202Ea\u0000b\n\n &amp; <b>&#39;c&#x27;</b> ${'é'.repeat(200)}`,
      channel: `\u2067${'🎵'.repeat(80)}`,
      seconds: 3725,
    },
  ];
  const [track] = (await tracks('pop', 'global'))?.tracks ?? [];
  expect(track?.title).toBe(`ab & <b>'c'</b> ${'é'.repeat(83)}…`);
  expect([...(track?.title ?? '')]).toHaveLength(100);
  expect(track?.channel).toBe(`${'🎵'.repeat(59)}…`);
  expect(track?.seconds).toBe(3725);
});

it('reads no more than two pages of a list', async () => {
  const { tracks, fake, map } = await openYoutubeTracks();
  const list = fake.list(map.lists('jazz', 'global').list);
  list.videos = Array.from({ length: 130 }, (_, index) => makeVideo(`long ${index}`, 'jazz', index));
  expect((await tracks('jazz', 'global'))?.pages).toBe(20);
  expect(fake.calls).toHaveLength(4);
});

it('does nothing without a key, and begins when there is one', async () => {
  const opened = await openYoutubeTracks();
  opened.secret.key = null;
  expect(opened.youtube.trackSource.available).toBe(false);
  expect(await opened.tracks()).toBeNull();
  expect(opened.fake.calls).toHaveLength(0);
  opened.secret.key = opened.fake.key;
  expect(opened.youtube.trackSource.available).toBe(true);
  expect((await opened.tracks())?.tracks).toHaveLength(5);
});

it('asks once for fifty who ask at once', async () => {
  const { tracks, fake, counted } = await openYoutubeTracks();
  const { release } = fake.fail({ method: 'playlistItems', kind: 'stall' });
  const asked = Array.from({ length: 50 }, (_, seed) => tracks('rock', 'khaleeji', 0, seed));
  await fake.waitForCall('playlistItems', { unanswered: true });
  release();
  const pages = await Promise.all(asked);
  expect(pages.every((page) => page?.tracks.length === 5)).toBe(true);
  expect(fake.callsOf('playlistItems')).toHaveLength(2);
  expect(fake.callsOf('videos')).toHaveLength(2);
  expect(counted('youtube_units')).toHaveLength(4);
  expect(fake.spentUnits).toBe(4);
});

it('lets one asker leave without the others', async () => {
  const { youtube, tracks, fake } = await openYoutubeTracks();
  const { release } = fake.fail({ method: 'playlistItems', kind: 'stall' });
  const leaves = new AbortController();
  const gone = youtube.trackSource.tracks('rock', 'global', { seed: 1, page: 0 }, leaves.signal);
  const stays = tracks('rock', 'global');
  await fake.waitForCall('playlistItems', { unanswered: true });
  leaves.abort(new Error('left'));
  await expect(gone).rejects.toThrow('left');
  release();
  expect((await stays)?.tracks).toHaveLength(5);
  await expect(
    youtube.trackSource.tracks('rock', 'global', { seed: 1, page: 0 }, AbortSignal.abort(new Error('early'))),
  ).rejects.toThrow('early');
});

it('ends what is under way when it is closed', async () => {
  const { youtube, tracks, fake, lines } = await openYoutubeTracks();
  fake.fail({ method: 'playlistItems', kind: 'stall' });
  const asked = tracks('rock', 'global');
  await fake.waitForCall('playlistItems', { unanswered: true });
  await youtube.close();
  expect(await asked).toBeNull();
  expect(await tracks('jazz', 'global')).toBeNull();
  expect(fake.calls).toHaveLength(1);
  expect(lines).toEqual([]);
});
