const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a Store knows what it was given, milliseconds. */
export const KEPT_FOR = {
  /** Its votes go with it. */
  result: 30 * DAY_MS,
  /** Then it is a part of its day's sums. */
  prediction: 90 * DAY_MS,
} as const;
