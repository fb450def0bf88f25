import { expect, it } from 'vitest';
import type { Sleep } from '../../src/core/chat-ports.ts';
import { parsePlaylists, readPlaylistFile } from '../../src/services/playlist-file.ts';
import { youtubeDay } from '../../src/services/youtube-day.ts';
import { EPOCH } from '../support/fake-time.ts';
import { openRounds } from '../support/youtube-rounds.ts';
import { HOUR_MS, openYoutubeTracks } from '../support/youtube-tracks.ts';

const ids = parsePlaylists(readPlaylistFile(null), null);
const LISTS = Object.values(ids).flatMap(({ global, khaleeji }) => [global.list, khaleeji.list]);

it('asks for all ten lists at the start, and for each once a day', async () => {
  const { youtube, fake, rounds, time, tracks } = await openRounds();
  youtube.start();
  await rounds.first();
  expect(fake.spentUnits).toBe(40);
  for (const list of LISTS) expect(fake.callsOf('playlistItems', list)).toHaveLength(2);
  await tracks('rock', 'khaleeji');
  for (let hour = 1; hour < 23; hour += 1) {
    time.now += HOUR_MS;
    await rounds.next();
  }
  expect(fake.spentUnits).toBe(40);
  time.now += HOUR_MS;
  await rounds.next();
  expect(fake.spentUnits).toBe(80);
});

it('takes 40 units a day when nobody asks', async () => {
  const time = { now: EPOCH };
  const units = new Map<string, number>();
  const end = EPOCH + 30 * 24 * HOUR_MS;
  const over = Promise.withResolvers<void>();
  // time passes as fast as the calls are done
  const sleep: Sleep = async (ms, each) => {
    time.now += ms;
    if (time.now > end) over.resolve();
    each.throwIfAborted();
  };
  const opened = await openYoutubeTracks({ sleep, calendar: () => time.now });
  const { fake, youtube } = opened;
  let spent = 0;
  youtube.start();
  while (time.now < end) {
    await fake.waitForCall('videos', { after: fake.calls.length });
    const day = youtubeDay(time.now);
    units.set(day, (units.get(day) ?? 0) + fake.spentUnits - spent);
    spent = fake.spentUnits;
  }
  await over.promise;
  await youtube.close();
  expect(Math.max(...units.values())).toBeLessThanOrEqual(100);
  expect(fake.spentUnits / 30).toBeLessThan(45);
});

it('asks for nothing that was fetched shortly before a restart', async () => {
  const first = await openRounds();
  first.youtube.start();
  await first.rounds.first();
  await first.close();
  const again = await openRounds({ fake: first.fake, folder: first.folder });
  again.youtube.start();
  await again.rounds.first();
  expect(first.fake.spentUnits).toBe(40);
});

it('begins with the checks when there is a key', async () => {
  const { youtube, fake, rounds, secret } = await openRounds();
  secret.key = null;
  youtube.start();
  await rounds.first();
  expect(fake.calls).toHaveLength(0);
  secret.key = fake.key;
  await rounds.next();
  expect(fake.spentUnits).toBe(40);
});
