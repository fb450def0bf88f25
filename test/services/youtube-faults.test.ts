import { expect, it } from 'vitest';
import { startFakeYoutube, type YoutubeFault } from '../support/youtube/fake-youtube.ts';
import { YoutubeRefusal } from '../support/youtube/youtube-refusal.ts';
import { HOUR_MS, openYoutubeTracks } from '../support/youtube-tracks.ts';

/** What never answers must end soon; what does has all the time it wants, for this machine may be busy. */
function limitsFor({ kind }: YoutubeFault, attemptMs: number) {
  const isEndless = kind === 'stall' || kind === 'stall-body';
  return isEndless ? { limitMs: 60_000, attemptMs } : { limitMs: 60_000, attemptMs: 60_000 };
}

const JSON_TYPE = 'application/json; charset=UTF-8';
const ALWAYS = Number.POSITIVE_INFINITY;

interface Row {
  readonly name: string;
  readonly fault: YoutubeFault;
  /** Calls of playlistItems when it happens again and again. */
  readonly calls: number;
  readonly reason: string;
}

const refuse = (refusal: YoutubeRefusal) => ({ kind: 'refuse', refusal }) as const;
const answer = (status: number, body: string, contentType = JSON_TYPE) =>
  ({ kind: 'answer', status, body, contentType }) as const;

const FAULTS: readonly Row[] = [
  {
    name: 'the quota is used up',
    fault: refuse(YoutubeRefusal.quotaExceeded()),
    calls: 1,
    reason: 'quotaExceeded',
  },
  { name: 'too fast', fault: refuse(YoutubeRefusal.tooFast()), calls: 1, reason: 'rateLimitExceeded' },
  { name: '500', fault: refuse(YoutubeRefusal.backendError(500)), calls: 2, reason: 'backendError' },
  { name: '503', fault: refuse(YoutubeRefusal.backendError()), calls: 2, reason: 'backendError' },
  {
    name: '502 in HTML',
    fault: answer(502, '<html>Bad Gateway</html>', 'text/html'),
    calls: 2,
    reason: 'http 502',
  },
  {
    name: '403 in HTML',
    fault: answer(403, '<html>Sorry</html>', 'text/html'),
    calls: 1,
    reason: 'http 403',
  },
  { name: '404 in HTML', fault: answer(404, '<html>404</html>', 'text/html'), calls: 1, reason: 'http 404' },
  {
    name: 'a page in HTML',
    fault: answer(200, '<html>Hello</html>', 'text/html'),
    calls: 2,
    reason: 'malformed',
  },
  { name: 'malformed JSON', fault: answer(200, '{"items":[{'), calls: 2, reason: 'malformed' },
  { name: 'other JSON', fault: answer(200, '{"items":"none"}'), calls: 2, reason: 'malformed' },
  { name: 'no body', fault: answer(200, ''), calls: 2, reason: 'malformed' },
  { name: 'bytes', fault: answer(200, '{}', 'application/octet-stream'), calls: 2, reason: 'malformed' },
  { name: 'a dropped socket', fault: { kind: 'drop' }, calls: 2, reason: 'ECONNRESET' },
  { name: 'a truncated body', fault: { kind: 'truncate' }, calls: 2, reason: 'ECONNRESET' },
  { name: 'no answer', fault: { kind: 'stall' }, calls: 2, reason: 'timed out' },
  { name: 'a stalled body', fault: { kind: 'stall-body' }, calls: 2, reason: 'timed out' },
];

it.each(FAULTS)('has no tracks, and shows no key: $name', async ({ fault, calls, reason }) => {
  const { tracks, fake, lines, counted, youtube, expectNoKey } = await openYoutubeTracks(
    limitsFor(fault, 500),
  );
  fake.fail({ method: 'playlistItems', times: ALWAYS, ...fault });
  expect(await tracks()).toBeNull();
  expect(lines).toEqual([
    { level: 'warn', message: 'a playlist could not be had', details: { list: expect.any(String), reason } },
  ]);
  expect(counted('youtube_units')).toHaveLength(calls);
  // it is not asked again at once, and is not taken for dead
  expect(await tracks()).toBeNull();
  expect(counted('youtube_units')).toHaveLength(calls);
  // a call that was given up may not have reached the server
  expect(fake.callsOf('playlistItems').length).toBeLessThanOrEqual(calls);
  expect(youtube.isDead(String(lines[0]?.details?.['list']))).toBe(false);
  expectNoKey();
});

it.each(FAULTS.filter(({ calls }) => calls === 2))('gets over it once: $name', async ({ fault }) => {
  const { tracks, fake, lines, expectNoKey } = await openYoutubeTracks(limitsFor(fault, 2000));
  fake.fail({ method: 'playlistItems', ...fault });
  expect((await tracks())?.tracks).toHaveLength(5);
  expect(fake.callsOf('playlistItems')).toHaveLength(3);
  expect(lines).toEqual([]);
  expectNoKey();
});

it.each(FAULTS)('goes without durations when only they cannot be had: $name', async ({ fault }) => {
  const { tracks, fake, expectNoKey } = await openYoutubeTracks(limitsFor(fault, 2000));
  fake.fail({ method: 'videos', times: ALWAYS, ...fault });
  const page = await tracks();
  expect(page?.tracks.map(({ seconds }) => seconds)).toEqual([null, null, null, null, null]);
  expectNoKey();
});

it('goes with the first page when the second cannot be had', async () => {
  const { tracks, fake } = await openYoutubeTracks();
  const where = ({ params }: { params: Readonly<Record<string, unknown>> }) => 'pageToken' in params;
  fake.fail({ method: 'playlistItems', times: ALWAYS, where, kind: 'drop' });
  expect((await tracks())?.pages).toBe(9);
});

it('does not call a list empty when nothing is known of its videos', async () => {
  const { tracks, fake, lines } = await openYoutubeTracks();
  fake.fail({ method: 'videos', times: ALWAYS, ...answer(200, '{"items":[]}') });
  expect((await tracks())?.tracks).toHaveLength(5);
  expect(lines).toEqual([]);
});

it('has no tracks when nothing listens there', async () => {
  const fake = await startFakeYoutube();
  const opened = await openYoutubeTracks({ fake });
  await fake.close();
  expect(await opened.tracks()).toBeNull();
  expect(opened.lines[0]?.details?.['reason']).toBe('ECONNREFUSED');
  opened.expectNoKey();
});

it('asks again some minutes after a failure', async () => {
  const { tracks, fake, time } = await openYoutubeTracks();
  fake.fail({ method: 'playlistItems', times: 2, kind: 'drop' });
  expect(await tracks()).toBeNull();
  expect((await tracks('pop'))?.tracks).toHaveLength(5);
  time.now += 4 * 60_000;
  expect(await tracks()).toBeNull();
  time.now += 60_000;
  expect((await tracks())?.tracks).toHaveLength(5);
});

it('asks nothing for an hour when the quota is used up', async () => {
  const { tracks, fake, time } = await openYoutubeTracks();
  fake.fail({ method: 'playlistItems', ...refuse(YoutubeRefusal.quotaExceeded()) });
  expect(await tracks()).toBeNull();
  expect(await tracks('pop')).toBeNull();
  time.now += HOUR_MS - 1;
  expect(await tracks('pop')).toBeNull();
  expect(fake.calls).toHaveLength(1);
  time.now += 1;
  expect((await tracks('pop'))?.tracks).toHaveLength(5);
});

it('asks again as soon as a new day of the quota begins', async () => {
  const { tracks, fake, time } = await openYoutubeTracks();
  time.now = Date.UTC(2030, 0, 2, 7, 50); // ten minutes before midnight in California
  fake.fail({ method: 'playlistItems', ...refuse(YoutubeRefusal.quotaExceeded()) });
  expect(await tracks()).toBeNull();
  time.now += 10 * 60_000 - 1;
  expect(await tracks('pop')).toBeNull();
  time.now += 1;
  expect((await tracks('pop'))?.tracks).toHaveLength(5);
});

it.each([
  ['not valid', YoutubeRefusal.keyInvalid(), 'API_KEY_INVALID'],
  ['for other programs', YoutubeRefusal.keyBlocked(), 'API_KEY_IP_ADDRESS_BLOCKED'],
])('takes a newer key at once when the old one is %s', async (_, refusal, reason) => {
  const opened = await openYoutubeTracks();
  const { fake, secret, tracks, time } = opened;
  fake.fail({ method: 'playlistItems', ...refuse(refusal) });
  expect(await tracks()).toBeNull();
  expect(opened.lines[0]?.details?.['reason']).toBe(reason);
  expect(await tracks('pop')).toBeNull();
  expect(fake.calls).toHaveLength(1);
  expect(secret.refreshes).toBe(1);

  // somebody else has read it again: the pause was about the old one
  secret.key = fake.key = `AIza${'rotated once'.padEnd(35, 'x')}`;
  fake.fail({ method: 'playlistItems', ...refuse(refusal) });
  secret.next = secret.key;
  expect(await tracks('pop')).toBeNull();
  expect(secret.refreshes).toBe(2);

  // it is refused, and there is a newer one
  time.now += 5 * 60_000;
  secret.next = fake.key = `AIza${'rotated again'.padEnd(35, 'y')}`;
  expect((await tracks('rock'))?.tracks).toHaveLength(5);
  expect(secret.key).toBe(fake.key);
  expect(secret.refreshes).toBe(3);
  opened.expectNoKey();
});
