import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface JobFigures {
  /** Accepted, and not finished. */
  readonly unfinished: number;
  /** Finished without an answer, or with an apology, by lane and reason. */
  readonly dead: Readonly<Record<string, number>>;
  /** How many programs died with one and the same in hand, at most. */
  readonly mostDeaths: number;
}

/** What the inbox says of all that was accepted. */
export function countJobs(stateFolder: string): JobFigures {
  using database = new DatabaseSync(join(stateFolder, 'bot.sqlite'), { readOnly: true });
  const unfinished = database
    .prepare(`SELECT count(*) AS jobs FROM jobs WHERE state IN ('waiting', 'running')`)
    .get();
  const dead = database
    .prepare(`SELECT lane, reason, count(*) AS jobs FROM jobs WHERE state = 'dead' GROUP BY lane, reason`)
    .all();
  const deaths = database.prepare('SELECT max(deaths) AS most FROM jobs').get();
  return {
    mostDeaths: Number(deaths?.['most']),
    unfinished: Number(unfinished?.['jobs']),
    dead: Object.fromEntries(dead.map(({ lane, reason, jobs }) => [`${lane}: ${reason}`, Number(jobs)])),
  };
}
