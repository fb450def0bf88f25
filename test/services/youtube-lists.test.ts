import { expect, it } from 'vitest';
import { makeVideo } from '../support/youtube/default-lists.ts';
import { HOUR_MS, openYoutubeTracks } from '../support/youtube-tracks.ts';

const DAY_MS = 24 * HOUR_MS;
const ALWAYS = Number.POSITIVE_INFINITY;

it('is the same after a restart, and asks nothing', async () => {
  const first = await openYoutubeTracks();
  const page = await first.tracks();
  await first.close();
  const again = await openYoutubeTracks({ fake: first.fake, folder: first.folder });
  const before = first.fake.calls.length;
  expect(await again.tracks()).toEqual(page);
  expect(first.fake.calls).toHaveLength(before);
});

it('serves what is twelve hours old, and asks for newer behind it', async () => {
  const { tracks, fake, time, map } = await openYoutubeTracks();
  const old = await tracks();
  const list = map.lists('jazz', 'global').list;
  fake.list(list).videos = [{ ...makeVideo('new', 'jazz', 1), title: 'the new one' }];
  time.now += 12 * HOUR_MS - 1;
  expect(await tracks()).toEqual(old);
  expect(fake.callsOf('playlistItems')).toHaveLength(2);

  time.now += 1;
  const { release } = fake.fail({ method: 'videos', kind: 'stall' });
  expect(await tracks()).toEqual(old);
  expect(await tracks()).toEqual(old);
  await fake.waitForCall('videos', { after: 4, unanswered: true });
  release();
  await expect.poll(async () => (await tracks())?.tracks[0]?.title).toBe('the new one');
  expect(fake.callsOf('playlistItems')).toHaveLength(3);
});

it('waits for newer than a day, and serves the old when there is none', async () => {
  const { tracks, fake, time, map } = await openYoutubeTracks();
  const old = await tracks();
  time.now += DAY_MS;
  fake.list(map.lists('jazz', 'global').list).videos = [{ ...makeVideo('new', 'jazz', 1), title: 'new' }];
  expect((await tracks())?.tracks.map(({ title }) => title)).toEqual(['new']);

  const { release } = fake.fail({ method: 'playlistItems', times: ALWAYS, kind: 'drop' });
  time.now += 2 * DAY_MS;
  expect((await tracks())?.tracks.map(({ title }) => title)).toEqual(['new']);
  release();
  expect(old?.tracks).toHaveLength(5);
});

it('keeps the old for thirty days and no longer, on disk either', async () => {
  const { tracks, fake, time, youtube, database } = await openYoutubeTracks();
  const old = await tracks();
  fake.fail({ method: 'playlistItems', times: ALWAYS, kind: 'drop' });
  time.now += 30 * DAY_MS;
  expect(await tracks()).toEqual(old);
  time.now += 1;
  expect(await tracks()).toBeNull();
  youtube.start();
  await youtube.close();
  expect(database.connection.prepare('SELECT count(*) AS rows FROM playlist_tracks').get()).toEqual({
    rows: 0,
  });
});

it.each(['stall', 'stall-body'] as const)(
  'serves the old when the new does not come in time: %s',
  async (kind) => {
    const first = await openYoutubeTracks();
    const old = await first.tracks();
    await first.close();
    const { tracks, fake, time } = await openYoutubeTracks({
      fake: first.fake,
      folder: first.folder,
      limitMs: 300,
      attemptMs: 60_000,
    });
    time.now += 2 * DAY_MS;
    fake.fail({ method: 'playlistItems', times: ALWAYS, kind });
    expect(await tracks()).toEqual(old);
    expect(await tracks('pop')).toBeNull();
  },
);

it('has no tracks when the list is dead and its backup does not answer', async () => {
  const { tracks, fake, map, youtube } = await openYoutubeTracks({ limitMs: 2000, attemptMs: 60_000 });
  const { list } = map.lists('jazz', 'global');
  fake.lists.delete(list);
  const isOfBackup = ({ params }: { params: Readonly<Record<string, unknown>> }) =>
    params['playlistId'] !== list;
  fake.fail({ method: 'playlistItems', times: ALWAYS, where: isOfBackup, kind: 'stall' });
  expect(await tracks()).toBeNull();
  expect(youtube.isDead(list)).toBe(true);
});

it('does not trust tracks of a time to come', async () => {
  const { tracks, fake, time } = await openYoutubeTracks();
  await tracks();
  time.now -= HOUR_MS;
  expect((await tracks())?.tracks).toHaveLength(5);
  expect(fake.callsOf('playlistItems')).toHaveLength(4);
});

it('takes what cannot be read any more as absent', async () => {
  const first = await openYoutubeTracks();
  const page = await first.tracks();
  first.database.connection.exec(`UPDATE playlist_tracks SET tracks = substr(tracks, 1, 40)`);
  await first.close();
  const again = await openYoutubeTracks({ fake: first.fake, folder: first.folder });
  expect(await again.tracks()).toEqual(page);
  expect(first.fake.calls).toHaveLength(8);
});

it('goes on from memory when the disk takes nothing', async () => {
  const { tracks, fake, database, lines } = await openYoutubeTracks();
  database.connection.exec(`
    CREATE TRIGGER full BEFORE INSERT ON playlist_tracks BEGIN SELECT RAISE(FAIL, 'disk is full'); END`);
  const page = await tracks();
  expect(page?.tracks).toHaveLength(5);
  expect(await tracks()).toEqual(page);
  expect(fake.callsOf('playlistItems')).toHaveLength(2);
  expect(lines.map(({ level }) => level)).toEqual(['error']);
});
