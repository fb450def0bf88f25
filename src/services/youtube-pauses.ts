import type { Calendar } from '../core/chat-ports.ts';
import type { Credentials } from './credentials.ts';
import { nextYoutubeDay } from './youtube-day.ts';
import type { YoutubeError } from './youtube-error.ts';

/** When YouTube is not to be asked, for it would fail as it did just now. */
export interface YoutubePauses {
  isPaused(list: string): boolean;
  /** After asking for a list has failed. */
  failed(list: string, error: YoutubeError): void;
  /** After it has gone well. */
  succeeded(list: string): void;
}

const PAUSE_MS = 5 * 60_000;
const QUOTA_PAUSE_MS = 60 * 60_000;
/** Ten lists that fail all day long, twice each time, stay under the units of the day. */
const MAX_PAUSE_MS = 120 * 60_000;

/** A list's failure is its own; one of the key or its quota is that of all, until there is another key. */
export function createYoutubePauses(calendar: Calendar, credentials: Credentials): YoutubePauses {
  const key = () => credentials.get('YOUTUBE_API_KEY');
  const ofLists = new Map<string, number>();
  const failures = new Map<string, number>();
  let ofAll: { readonly until: number; readonly key: string | null } | null = null;
  return {
    isPaused(list) {
      const now = calendar();
      if (ofAll && now < ofAll.until && ofAll.key === key()) return true;
      return now < (ofLists.get(list) ?? 0);
    },
    failed(list, { kind }) {
      const now = calendar();
      if (kind === 'quota') {
        ofAll = { until: Math.min(nextYoutubeDay(now), now + QUOTA_PAUSE_MS), key: key() };
      } else if (kind === 'key') {
        ofAll = { until: now + PAUSE_MS, key: key() };
      } else {
        const before = failures.get(list) ?? 0;
        failures.set(list, before + 1);
        ofLists.set(list, now + Math.min(PAUSE_MS * 2 ** before, MAX_PAUSE_MS));
      }
    },
    succeeded: (list) => void failures.delete(list),
  };
}
