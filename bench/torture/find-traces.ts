import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Story } from './story.ts';

export interface FindTracesOptions {
  readonly stories: readonly Story[];
  readonly stateFolder: string;
  pseudonymOf(story: Story): string;
}

/** When the rows of somebody are from, in milliseconds since 1970; 0: before anything else. */
const ROWS = {
  results: 'SELECT created_at AS at FROM results WHERE platform = :platform AND owner = :id',
  votes: 'SELECT at FROM votes WHERE voter = :key',
  languages: 'SELECT 0 AS at FROM languages WHERE key = :key',
  choices: 'SELECT iif(keep = 1, 0, at) AS at FROM choices WHERE person = :key',
  predictions: 'SELECT at FROM predictions WHERE pseudonym = :pseudonym',
  kept_photos: 'SELECT 0 AS at FROM kept_photos WHERE pseudonym = :pseudonym',
} as const;

/** What the state folder still has of people who asked to be forgotten, but that they did: that is kept for a day. */
export async function findTraces({
  stories,
  stateFolder,
  pseudonymOf,
}: FindTracesOptions): Promise<string[]> {
  using database = new DatabaseSync(join(stateFolder, 'bot.sqlite'), { readOnly: true });
  const forgotten = stories.filter(({ hasForgotten }) => hasForgotten);
  const files = await readOutbox(stateFolder);
  return forgotten.flatMap((story) => {
    const pseudonym = pseudonymOf(story);
    const inFiles = files.filter((file) => file.includes(pseudonym)).map(() => `${pseudonym} in the outbox`);
    return [...rowsOf(story, pseudonym, database), ...inFiles];
  });
}

/** Somebody who has gone on may have what is from after that. */
function rowsOf({ person, plan }: Story, pseudonym: string, database: DatabaseSync): string[] {
  const { platform, id } = person;
  const who = `${platform} ${id}`;
  const erasure = database.prepare('SELECT at, state FROM erasures WHERE pseudonym = ?').get(pseudonym);
  if (!erasure) return [`${who}: nobody knows that they asked to be forgotten`];
  const since = plan.forgets === 'and goes on' ? Number(erasure['at']) : Number.POSITIVE_INFINITY;
  const named = { platform, id, key: `${platform}:user:${id}`, pseudonym };
  const found = Object.entries(ROWS).flatMap(([table, sql]) => {
    const statement = database.prepare(sql);
    statement.setAllowUnknownNamedParameters(true);
    const rows = statement.all(named).filter(({ at }) => Number(at) <= since);
    return rows.length > 0 ? [`${who}: ${rows.length} in ${table}`] : [];
  });
  return erasure['state'] === 'told' ? found : [...found, `${who}: ${erasure['state']}, not told`];
}

/** Each file's name and text. */
async function readOutbox(stateFolder: string): Promise<string[]> {
  const folder = join(stateFolder, 'outbox');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ name, parentPath }) => name + (await readFile(join(parentPath, name), 'utf8'))),
  );
}
