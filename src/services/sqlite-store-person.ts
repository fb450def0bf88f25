import { keyOf, type Person } from '../core/person.ts';
import type { Prediction } from '../core/prediction.ts';
import type { AboutPerson } from '../core/store.ts';
import { fromResultRow, type ResultRow } from './result-row.ts';
import type { Database } from './sqlite-database.ts';
import { prepareAll } from './sqlite-statements.ts';
import { fromVoteRow, type VoteRow } from './vote-row.ts';

export const PERSON_SQL = {
  results: `
    SELECT shared, posted, explanation, body FROM results
    WHERE platform = :platform AND owner = :owner AND created_at >= :oldest
    ORDER BY created_at DESC`,
  votes: `
    SELECT votes.result AS resultId, voter, up, genre, at FROM votes
    WHERE voter = :key AND EXISTS (SELECT 1 FROM results WHERE id = votes.result AND created_at >= :oldest)
    ORDER BY at DESC`,
  predictions: `
    SELECT id, at, platform, pseudonym, community, genre, confidence, model_version AS modelVersion
    FROM predictions WHERE pseudonym = :pseudonym AND at >= :oldest ORDER BY at DESC`,
  votedOn: 'SELECT result FROM votes WHERE voter = ?',
  forgetResults: 'DELETE FROM results WHERE platform = :platform AND owner = :owner',
  forgetVotes: 'DELETE FROM votes WHERE voter = ?',
  forgetPredictions: 'DELETE FROM predictions WHERE pseudonym = ?',
} as const;

/** What is one person's, but for preferences. */
export interface SqliteStorePerson {
  /** Results and predictions are those from the given times on, milliseconds since 1970. */
  about(
    person: Person,
    oldest: { readonly result: number; readonly prediction: number },
  ): Pick<AboutPerson, 'results' | 'votes' | 'predictions'>;
  /** To be part of a transaction. Gives the ids of others' results that they voted on. */
  forget(person: Person): string[];
}

export function createSqliteStorePerson({ connection }: Database): SqliteStorePerson {
  const sql = prepareAll(connection, PERSON_SQL);
  return {
    about(person, oldest) {
      const { platform, id, pseudonym } = person;
      const results = sql.results.all({ platform, owner: id, oldest: oldest.result });
      const votes = sql.votes.all({ key: keyOf(person), oldest: oldest.result });
      const predictions = sql.predictions.all({ pseudonym, oldest: oldest.prediction });
      return {
        results: (results as unknown as ResultRow[]).map(fromResultRow).filter((result) => result !== null),
        votes: (votes as unknown as VoteRow[]).map(fromVoteRow),
        predictions: predictions.map((row) => ({ ...row }) as unknown as Prediction),
      };
    },
    forget(person) {
      const key = keyOf(person);
      sql.forgetResults.run({ platform: person.platform, owner: person.id });
      const votedOn = sql.votedOn.all(key).map((row) => String(row['result']));
      sql.forgetVotes.run(key);
      sql.forgetPredictions.run(person.pseudonym);
      return votedOn;
    },
  };
}
