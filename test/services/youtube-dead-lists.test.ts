import { expect, it } from 'vitest';
import { parsePlaylists, readPlaylistFile } from '../../src/services/playlist-file.ts';
import type { FakeYoutube } from '../support/youtube/fake-youtube.ts';
import { YoutubeRefusal } from '../support/youtube/youtube-refusal.ts';
import { openRounds } from '../support/youtube-rounds.ts';
import { HOUR_MS } from '../support/youtube-tracks.ts';

const ids = parsePlaylists(readPlaylistFile(null), null);
const { list: LIST, backup: BACKUP } = ids.jazz.global;
const LISTS = Object.values(ids).flatMap(({ global, khaleeji }) => [global.list, khaleeji.list]);

const DEATHS: readonly (readonly [string, (fake: FakeYoutube) => unknown])[] = [
  ['deleted', (fake) => fake.lists.delete(LIST)],
  ['private', (fake) => Object.assign(fake.list(LIST), { isPrivate: true })],
  ['empty', (fake) => Object.assign(fake.list(LIST), { videos: [] })],
];

it.each(DEATHS)(
  'puts the backup in the place of a list that is %s, and tells of it once',
  async (_, happen) => {
    const { youtube, fake, rounds, time, tracks, told, level, lines, link } = await openRounds();
    youtube.start();
    await rounds.first();
    expect(level('dead_playlists')).toBe(0);
    expect((await link()).url).toContain(LIST);
    happen(fake);
    time.now += 23 * HOUR_MS;
    await rounds.next();
    expect(youtube.isDead(LIST)).toBe(true);
    expect(level('dead_playlists')).toBe(1);
    expect(told).toEqual([[{ genre: 'jazz', region: 'global', list: LIST, backup: false }]]);
    const errors = lines.filter((line) => line.level === 'error');
    expect(errors).toEqual([{ level: 'error', message: 'a playlist is no more', details: { list: LIST } }]);
    const { url, youtubeMusic } = await link();
    expect([url, youtubeMusic].every((each) => each.endsWith(`list=${BACKUP}`))).toBe(true);
    const page = await tracks('jazz', 'global');
    const backupIds = fake.list(BACKUP).videos.map(({ id }) => id);
    expect(page?.tracks.every((track) => backupIds.includes(track.url.slice(-11)))).toBe(true);

    time.now += 23 * HOUR_MS;
    await rounds.next();
    expect(told).toHaveLength(1);
    expect(lines.filter((line) => line.level === 'error')).toHaveLength(1);
  },
);

it('knows after a restart what is dead, tells of it no more, and finds it alive again', async () => {
  const first = await openRounds();
  const list = first.fake.list(LIST);
  first.dies(LIST);
  first.youtube.start();
  await first.rounds.first();
  await first.close();

  const { youtube, fake, rounds, told, level, lines, link, tracks, time } = await openRounds({
    fake: first.fake,
    folder: first.folder,
  });
  expect(youtube.isDead(LIST)).toBe(true);
  expect((await link()).url).toContain(BACKUP);
  youtube.start();
  await rounds.first();
  expect(told).toEqual([]);
  expect(level('dead_playlists')).toBe(1);
  fake.lists.set(LIST, list);
  time.now += 23 * HOUR_MS;
  await rounds.next();
  expect(youtube.isDead(LIST)).toBe(false);
  expect(level('dead_playlists')).toBe(0);
  expect((await link()).url).toContain(LIST);
  expect((await tracks('jazz', 'global'))?.tracks).toHaveLength(5);
  expect(lines).toEqual([{ level: 'info', message: 'a playlist is back', details: { list: LIST } }]);
});

it('says so when a backup is dead, too, and keeps the link of the list', async () => {
  const { youtube, rounds, told, level, link, tracks, dies } = await openRounds();
  dies(LIST);
  dies(BACKUP);
  youtube.start();
  await rounds.first();
  expect(told).toEqual([
    [
      { genre: 'jazz', region: 'global', list: LIST, backup: false },
      { genre: 'jazz', region: 'global', list: BACKUP, backup: true },
    ],
  ]);
  expect(level('dead_playlists')).toBe(2);
  expect((await link()).url).toContain(LIST);
  expect(await tracks('jazz', 'global')).toBeNull();
  expect((await tracks('jazz', 'khaleeji'))?.tracks).toHaveLength(5);
});

it('goes to the backup while the asker waits, when that is how a death is found', async () => {
  const { youtube, rounds, tracks, link, told, dies } = await openRounds();
  dies(LIST);
  expect((await tracks('jazz', 'global'))?.tracks).toHaveLength(5);
  expect((await link()).url).toContain(BACKUP);
  expect(told).toEqual([]);
  youtube.start();
  await rounds.first();
  expect(told).toHaveLength(1);
});

it.each([
  ['the quota is used up', { kind: 'refuse', refusal: YoutubeRefusal.quotaExceeded() }],
  ['the key is none', { kind: 'refuse', refusal: YoutubeRefusal.keyInvalid() }],
  ['the key is for others', { kind: 'refuse', refusal: YoutubeRefusal.keyBlocked() }],
  ['there is no network', { kind: 'drop' }],
  ['a proxy says 404', { kind: 'answer', status: 404, body: 'no', contentType: 'text/plain' }],
] as const)('calls no list dead when %s', async (_, fault) => {
  const { youtube, fake, rounds, told, level } = await openRounds();
  fake.fail({ method: '*', times: Number.POSITIVE_INFINITY, ...fault });
  youtube.start();
  await rounds.first();
  expect(LISTS.some((list) => youtube.isDead(list))).toBe(false);
  expect(level('dead_playlists')).toBe(0);
  expect(told).toEqual([]);
});

it('does not call a list dead that plays in some countries only', async () => {
  const { youtube, fake, rounds, told, level, link } = await openRounds();
  for (const video of fake.list(LIST).videos) Object.assign(video, { allowed: ['SA', 'AE'] });
  youtube.start();
  await rounds.first();
  expect(youtube.isDead(LIST)).toBe(false);
  expect((await link()).url).toContain(LIST);
  expect(level('dead_playlists')).toBe(0);
  expect(told).toEqual([]);
});

it('goes on when the admin cannot be told, and tells an hour later, once', async () => {
  let asked = 0;
  const { youtube, rounds, lines, link, dies } = await openRounds({
    async tellAdmin() {
      asked += 1;
      if (asked === 1) throw new Error('nobody there');
    },
  });
  dies(LIST);
  youtube.start();
  await rounds.first();
  for (let round = 0; round < 3; round++) await rounds.next();
  expect(asked).toBe(2);
  expect((await link()).url).toContain(BACKUP);
  expect(lines.map(({ message }) => message)).toEqual([
    'a playlist is no more',
    'the admin could not be told of playlists that are no more',
  ]);
});
