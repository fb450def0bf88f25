const pacific = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Los_Angeles',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const MINUTE_MS = 60_000;
/** A day is longer by one when clocks are set back. */
const LONGEST_DAY_MS = 25 * 60 * MINUTE_MS;

/** The day that YouTube counts units for, 2030-01-31: it ends at midnight Pacific time. */
export function youtubeDay(ms: number): string {
  return pacific.format(ms);
}

/** When the next one begins, milliseconds since 1970, to the minute. */
export function nextYoutubeDay(ms: number): number {
  const today = youtubeDay(ms);
  let [before, after] = [Math.floor(ms / MINUTE_MS), Math.ceil((ms + LONGEST_DAY_MS) / MINUTE_MS)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (youtubeDay(middle * MINUTE_MS) === today) before = middle;
    else after = middle;
  }
  return after * MINUTE_MS;
}
