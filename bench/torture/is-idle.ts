import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const OPEN = `
  SELECT (SELECT count(*) FROM jobs WHERE state IN ('waiting', 'running'))
    + (SELECT count(*) FROM erasures WHERE state <> 'told') AS open`;

/** Whether the program has nothing left to do: no request, nobody to be forgotten or told, no photo on its way to the archive. */
export function isIdle(stateFolder: string): boolean {
  using database = new DatabaseSync(join(stateFolder, 'bot.sqlite'), { readOnly: true, timeout: 5000 });
  const waiting = readdirSync(join(stateFolder, 'outbox', 'waiting'));
  return waiting.length === 0 && database.prepare(OPEN).get()?.['open'] === 0;
}
