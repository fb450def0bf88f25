import type { Calendar, Log, Telemetry } from '../core/chat-ports.ts';
import type { Database } from './sqlite-database.ts';
import { prepareAll } from './sqlite-statements.ts';
import { unlessDiskFails } from './sqlite-youtube-disk.ts';
import { youtubeDay } from './youtube-day.ts';

/** What YouTube's calls cost on a day. It gives 10,000 units; https://developers.google.com/youtube/v3/determine_quota_cost */
export interface YoutubeUnits {
  /** Counts them before a call; false: the day has no more of them, and the call is not to be made. Never throws. */
  spend(units: number): boolean;
}

export interface YoutubeUnitsOptions {
  readonly database: Database;
  readonly calendar: Calendar;
  readonly telemetry: Telemetry;
  readonly log: Log;
}

/** A day's use stays under this. */
const LIMIT_UNITS = 300;

const SQL = {
  spend: `
    INSERT INTO youtube_units (day, units) SELECT :day, :units WHERE :units < :limit
    ON CONFLICT (day) DO UPDATE SET units = units + :units WHERE units + :units < :limit
    RETURNING units`,
  forget: 'DELETE FROM youtube_units WHERE day < ?',
} as const;

/** Counted on disk, so that a program that is started again and again stays under the limit, too. */
export function createYoutubeUnits({
  database,
  calendar,
  telemetry,
  log,
}: YoutubeUnitsOptions): YoutubeUnits {
  const sql = prepareAll(database.connection, SQL);
  return {
    spend(units) {
      const day = youtubeDay(calendar());
      const spend = () => {
        sql.forget.run(day);
        return sql.spend.get({ day, units, limit: LIMIT_UNITS }) as { readonly units: number } | undefined;
      };
      const row = unlessDiskFails(() => database.lazily(spend), log);
      if (!row) return false; // what cannot be counted is not spent
      telemetry.count({ name: 'youtube_units', amount: units });
      telemetry.level({ name: 'youtube_units_today', value: row.units });
      return true;
    },
  };
}
