import type { Choice } from '../core/choice.ts';
import { LANGUAGE_CODES, type Language } from '../core/types.ts';
import { type ChoiceRow, fromChoiceRow, toChoiceRow } from './choice-row.ts';
import type { Database } from './sqlite-database.ts';
import { prepareAll } from './sqlite-statements.ts';

export const PREFERENCES_SQL = {
  language: 'SELECT language FROM languages WHERE key = ?',
  setLanguage: `
    INSERT INTO languages (key, language) VALUES (:key, :language)
    ON CONFLICT (key) DO UPDATE SET language = excluded.language`,
  forgetLanguage: 'DELETE FROM languages WHERE key = ?',
  choice: 'SELECT keep, version, at, result AS resultId FROM choices WHERE person = ?',
  setChoice: `
    INSERT INTO choices (person, keep, version, at, result) VALUES (:key, :keep, :version, :at, :resultId)
    ON CONFLICT (person) DO UPDATE SET
      keep = excluded.keep, version = excluded.version, at = excluded.at, result = excluded.result`,
  askChoice: `
    INSERT INTO choices (person, keep, version, at, result) VALUES (:key, :keep, :version, :at, :resultId)
    ON CONFLICT (person) DO NOTHING`,
  forgetChoice: 'DELETE FROM choices WHERE person = ?',
} as const;

/** What people and communities chose, by their keys. */
export interface SqliteStorePreferences {
  language(key: string): Language | null;
  setLanguage(key: string, language: Language): void;
  choice(key: string): Choice | null;
  /** False: it was only asked, and there is one already. */
  setChoice(key: string, choice: Choice): boolean;
  /** To be part of a transaction. */
  forget(key: string): void;
}

export function createSqliteStorePreferences({ connection }: Database): SqliteStorePreferences {
  const sql = prepareAll(connection, PREFERENCES_SQL);
  return {
    language(key) {
      const row = sql.language.get(key) as { language: string } | undefined;
      return LANGUAGE_CODES.find((code) => code === row?.language) ?? null;
    },
    setLanguage: (key, language) => void sql.setLanguage.run({ key, language }),
    choice(key) {
      const row = sql.choice.get(key) as ChoiceRow | undefined;
      return row ? fromChoiceRow(row) : null;
    },
    setChoice(key, choice) {
      const write = choice.keep === null ? sql.askChoice : sql.setChoice;
      return write.run({ key, ...toChoiceRow(choice) }).changes > 0;
    },
    forget(key) {
      sql.forgetLanguage.run(key);
      sql.forgetChoice.run(key);
    },
  };
}
