import type { Prediction, Tally, TallyOf } from '../core/prediction.ts';
import { firstWholeDay } from './first-whole-day.ts';
import type { Database } from './sqlite-database.ts';
import { prepareAll, type Statements } from './sqlite-statements.ts';
import { type Sum, sumUp } from './sum-up.ts';

const COUNTED = `
  genre, count(*) AS photos, sum(confidence) AS confidence,
  count(*) FILTER (WHERE up = 1) AS ups, count(*) FILTER (WHERE up = 0) AS downs`;

export const COUNTS_SQL = {
  put: `
    INSERT INTO predictions (id, at, platform, pseudonym, community, genre, confidence, model_version)
    VALUES (:id, :at, :platform, :pseudonym, :community, :genre, :confidence, :modelVersion)
    ON CONFLICT (id) DO UPDATE SET
      at = excluded.at, platform = excluded.platform, pseudonym = excluded.pseudonym,
      community = excluded.community, genre = excluded.genre, confidence = excluded.confidence,
      model_version = excluded.model_version`,
  recount: `
    UPDATE predictions SET (up, right_genre) =
      (SELECT up, genre FROM votes WHERE result = :id ORDER BY at DESC LIMIT 1)
    WHERE id = :id`,
  ofAll: `SELECT ${COUNTED} FROM predictions WHERE at >= :since GROUP BY genre`,
  ofPerson: `
    SELECT ${COUNTED} FROM predictions
    WHERE pseudonym = :pseudonym AND at >= :since AND (:community IS NULL OR community = :community)
    GROUP BY genre`,
  ofCommunity: `
    SELECT ${COUNTED} FROM predictions WHERE community = :community AND at >= :since GROUP BY genre`,
  ofDays: `
    SELECT genre, sum(photos) AS photos, sum(confidence) AS confidence, sum(ups) AS ups, sum(downs) AS downs
    FROM daily_sums WHERE day >= :day GROUP BY genre`,
  addToDays: `
    INSERT INTO daily_sums (day, platform, genre, model_version, photos, confidence, ups, downs)
    SELECT date(at / 1000, 'unixepoch') AS day, platform, genre, model_version, count(*), sum(confidence),
      count(*) FILTER (WHERE up = 1), count(*) FILTER (WHERE up = 0)
    FROM predictions WHERE at < :oldest GROUP BY day, platform, genre, model_version
    ON CONFLICT (day, platform, genre, model_version) DO UPDATE SET
      photos = photos + excluded.photos, confidence = confidence + excluded.confidence,
      ups = ups + excluded.ups, downs = downs + excluded.downs`,
  purge: 'DELETE FROM predictions WHERE at < :oldest',
} as const;

/** Predictions with the votes on them. `oldest` is the time before which they are only parts of their days' sums. */
export interface SqliteStoreCounts {
  put(prediction: Prediction): void;
  /** Lets the last vote on a result be its prediction's. */
  recount(id: string): void;
  tally(of: TallyOf, oldest: number): Tally;
  /** To be part of a transaction. */
  purge(oldest: number): void;
}

export function createSqliteStoreCounts({ connection }: Database): SqliteStoreCounts {
  const sql = prepareAll(connection, COUNTS_SQL);
  return {
    put: (prediction) => void sql.put.run({ ...prediction }),
    recount: (id) => void sql.recount.run({ id }),
    tally: (of, oldest) => sumUp(sumsOf(sql, of, oldest)),
    purge(oldest) {
      sql.addToDays.run({ oldest });
      sql.purge.run({ oldest });
    },
  };
}

function sumsOf(
  sql: Statements<typeof COUNTS_SQL>,
  { pseudonym, community, since }: TallyOf,
  oldest: number,
): Sum[] {
  const from = since ?? 0;
  const young = Math.max(from, oldest);
  const rows =
    pseudonym !== undefined
      ? sql.ofPerson.all({ pseudonym, community: community ?? null, since: young })
      : community !== undefined
        ? sql.ofCommunity.all({ community, since: young })
        : [...sql.ofAll.all({ since: from }), ...sql.ofDays.all({ day: firstWholeDay(from) })];
  return rows as unknown as Sum[];
}
