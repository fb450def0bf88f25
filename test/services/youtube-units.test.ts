import { expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import { REGIONS } from '../../src/core/playlist.ts';
import { youtubeDay } from '../../src/services/youtube-day.ts';
import type { FakeYoutube } from '../support/youtube/fake-youtube.ts';
import { HOUR_MS, openYoutubeTracks } from '../support/youtube-tracks.ts';

const DAY_MS = 24 * HOUR_MS;

/** Asks for all ten lists so often, evenly, for so many days; the units of each of YouTube's days. */
async function askForDays(days: number, timesADay: number, disturb: (fake: FakeYoutube) => void = () => {}) {
  const opened = await openYoutubeTracks({ limitMs: 60_000, attemptMs: 60_000 });
  const { fake, time, tracks, youtube } = opened;
  disturb(fake);
  const units = new Map<string, number>();
  let empty = 0;
  for (let asked = 0; asked < days * timesADay; asked += 1) {
    const before = fake.spentUnits;
    const lists = GENRES.flatMap((genre) => REGIONS.map((region) => tracks(genre, region, 0, asked)));
    empty += (await Promise.all(lists)).filter((page) => page === null).length;
    await expect.poll(() => fake.calls.every(({ status }) => status !== undefined)).toBe(true);
    const day = youtubeDay(time.now);
    units.set(day, (units.get(day) ?? 0) + fake.spentUnits - before);
    time.now += DAY_MS / timesADay;
  }
  await youtube.close();
  return { ...opened, units: [...units.values()], empty };
}

it('stays under 300 units a day in a month of much asking', async () => {
  const { units, empty, fake } = await askForDays(30, 24);
  expect(empty).toBe(0);
  expect(Math.max(...units)).toBeLessThan(300);
  // ten lists of four calls, twice a day
  expect(Math.max(...units)).toBeLessThanOrEqual(80);
  expect(fake.callsOf('search')).toHaveLength(0);
});

const ALL_FAIL = { method: '*', times: Number.POSITIVE_INFINITY, kind: 'drop-reply' } as const;

it('stays under 300 units a day, and does not use them up, when everything fails all the time', async () => {
  const { units, lines } = await askForDays(3, 24 * 12, (each) => each.fail(ALL_FAIL));
  expect(units.length).toBeGreaterThan(2);
  expect(Math.max(...units)).toBeLessThan(299);
  const reasons = new Set(lines.map(({ details }) => details?.['reason']));
  expect(reasons).not.toContain('the units of the day are used up');
});

it('asks again within two hours after a long outage, and then as soon as ever', async () => {
  const { fake, time, tracks } = await openYoutubeTracks();
  const outage = fake.fail(ALL_FAIL);
  for (let at = 0; at < 12 * 8; at += 1) {
    expect(await tracks()).toBeNull();
    time.now += HOUR_MS / 12;
  }
  outage.release();
  time.now += 2 * HOUR_MS;
  expect((await tracks())?.tracks).toHaveLength(5);
  fake.fail({ method: 'playlistItems', times: 2, kind: 'drop' });
  time.now += 40 * DAY_MS; // nothing is kept so long
  expect(await tracks()).toBeNull();
  time.now += HOUR_MS / 12;
  expect((await tracks())?.tracks).toHaveLength(5);
});

it('counts over restarts, and begins anew with the day in California', async () => {
  const first = await openYoutubeTracks();
  await first.tracks();
  expect(first.level('youtube_units_today')).toBe(4);
  first.database.connection.exec('UPDATE youtube_units SET units = 297');
  await first.close();
  const { tracks, level, fake, time, database, lines } = await openYoutubeTracks({
    fake: first.fake,
    folder: first.folder,
  });
  const before = fake.spentUnits;
  expect((await tracks('pop'))?.tracks.map(({ seconds }) => seconds)).toEqual([null, null, null, null, null]);
  expect(fake.spentUnits - before).toBe(2);
  expect(level('youtube_units_today')).toBe(299);
  expect(await tracks('rock')).toBeNull();
  expect(lines.at(-1)?.details?.['reason']).toBe('the units of the day are used up');
  expect(fake.spentUnits - before).toBe(2);

  time.now += DAY_MS;
  expect((await tracks('rock'))?.tracks).toHaveLength(5);
  expect(level('youtube_units_today')).toBe(4);
  expect(database.connection.prepare('SELECT count(*) AS days FROM youtube_units').get()).toEqual({
    days: 1,
  });
});

it('asks nothing when it cannot count', async () => {
  const { tracks, fake, database, lines } = await openYoutubeTracks();
  database.connection.exec('DROP TABLE youtube_units');
  expect(await tracks()).toBeNull();
  expect(fake.calls).toHaveLength(0);
  expect(lines.map(({ level }) => level)).toEqual(['error', 'warn']);
});
