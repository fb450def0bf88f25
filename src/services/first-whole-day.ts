const DAY_MS = 24 * 60 * 60 * 1000;

/** The first day (UTC, YYYY-MM-DD) of which nothing lies before `ms`, milliseconds since 1970. */
export function firstWholeDay(ms: number): string {
  return new Date(Math.ceil(ms / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
