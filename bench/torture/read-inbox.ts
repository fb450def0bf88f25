import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** What has become of a request. */
export interface InboxJob {
  readonly state: 'waiting' | 'running' | 'done' | 'dead';
  /** Why it was given up. */
  readonly reason: string | null;
  /** Posts that may have been shown or not. */
  readonly unsure: number;
}

export interface InboxReader {
  /** null: it was never written down. */
  jobOf(key: string): InboxJob | null;
  close(): void;
}

const JOB = `
  SELECT state, reason, unsure FROM requests JOIN jobs ON jobs.id = requests.job
  WHERE requests.key = ?`;

/** Reads the program's database beside it. */
export function createInboxReader(stateFolder: string): InboxReader {
  const path = join(stateFolder, 'bot.sqlite');
  let connection: DatabaseSync | null = null;
  let job: StatementSync | null = null;
  const open = () => {
    if (connection || !existsSync(path)) return connection;
    connection = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
    return connection;
  };
  return {
    jobOf(key) {
      job ??= open()?.prepare(JOB) ?? null;
      return (job?.get(key) as InboxJob | undefined) ?? null;
    },
    close: () => connection?.close(),
  };
}
