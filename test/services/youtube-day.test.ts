import { expect, it } from 'vitest';
import { nextYoutubeDay, youtubeDay } from '../../src/services/youtube-day.ts';

it.each([
  ['in winter', '2030-01-02T07:59:59Z', '2030-01-01', '2030-01-02T08:00:00Z'],
  ['from midnight on', '2030-01-02T08:00:00Z', '2030-01-02', '2030-01-03T08:00:00Z'],
  ['in summer', '2030-07-02T06:00:00Z', '2030-07-01', '2030-07-02T07:00:00Z'],
  ['on a day of 23 hours', '2030-03-10T08:00:00Z', '2030-03-10', '2030-03-11T07:00:00Z'],
  ['on a day of 25 hours', '2030-11-03T07:00:00Z', '2030-11-03', '2030-11-04T08:00:00Z'],
])('is the one in California: %s', (_, at, day, next) => {
  expect(youtubeDay(Date.parse(at))).toBe(day);
  expect(new Date(nextYoutubeDay(Date.parse(at))).toISOString()).toBe(next.replace('Z', '.000Z'));
});
