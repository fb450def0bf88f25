import type { Accepted, AcceptOptions, Calendar, Inbox, Job, Lane } from '../core/chat-ports.ts';
import { askerKey, type Request } from '../core/request.ts';
import type { Posted } from '../core/stored-result.ts';
import type { Database } from './sqlite-database.ts';
import { INBOX_SQL } from './sqlite-inbox-sql.ts';
import { readJson } from './sqlite-json.ts';
import { prepareAll, type Statements } from './sqlite-statements.ts';
import { withStorageErrors } from './storage-errors.ts';

export interface SqliteInboxOptions {
  readonly database: Database;
  readonly calendar: Calendar;
}

type InboxStatements = Statements<typeof INBOX_SQL>;

const KEYS_KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * The Inbox in one file, for one process at a time: whatever runs in it when it is opened was left by one that died, and
 * waits again: that is no attempt of its own, but counted. Ids that are unknown or finished are passed over in silence.
 */
export function createSqliteInbox({ database, calendar }: SqliteInboxOptions): Inbox {
  const sql = prepareAll(database.connection, INBOX_SQL);
  sql.recover.run();

  function finish(id: number, state: 'done' | 'dead', reason: string | null): void {
    database.transaction(() => {
      sql.finish.run({ id, state, reason, now: calendar() });
      sql.empty.run(id);
    });
  }

  // async throughout, so that what SQLite throws becomes a rejection
  return withStorageErrors({
    knows: async (key) => sql.known.get(key) !== undefined,
    accept: async (request, options) => database.transaction(() => accept(sql, request, options, calendar())),
    async take(lane, perAsker, uncounted = []) {
      for (;;) {
        const job = database.transaction(() =>
          claim(sql, { lane, perAsker, uncounted: JSON.stringify(uncounted), now: calendar() }),
        );
        if (job === null || job.requests.length > 0) return job;
        finish(job.id, 'dead', 'unreadable');
      }
    },
    nextAt: async (lane) => (sql.nextAt.get(lane) as { nextAt: number | null }).nextAt,
    posting: async (id) => void sql.posting.run(id),
    notPosted: async (id) => void sql.notPosted.run(id),
    posted: async (id, posted) => void sql.posted.run({ id, posted: JSON.stringify(posted) }),
    done: async (id) => finish(id, 'done', null),
    bury: async (id, reason) => finish(id, 'dead', reason),
    release: async (id, notBefore, forgive) =>
      void sql.release.run({ id, notBefore, forgiven: forgive ? 1 : 0 }),
    async requestsOf(asker) {
      const rows = sql.requestsOf.all(asker) as { id: number; request: string | null }[];
      rows.sort((a, b) => a.id - b.id);
      return rows.flatMap(({ request }) => readJson<Request>(request) ?? []);
    },
    depth: async () => depth(sql),
    async purge() {
      sql.purge.run(calendar() - KEYS_KEPT_MS);
      database.checkpoint();
    },
  });
}

function accept(sql: InboxStatements, request: Request, options: AcceptOptions, now: number): Accepted {
  const { lane, key, groupKey, notBefore } = options;
  const asker = askerKey(request);
  const placed = (id: number, how: { fresh: boolean; joined: boolean }) => {
    const { ahead, ofAsker } = sql.place.get({ lane, asker, id }) as { ahead: number; ofAsker: number };
    return { id, ...how, ahead, ofAsker };
  };

  const known = sql.known.get(key) as { job: number } | undefined;
  if (known) return placed(known.job, { fresh: false, joined: true });

  const group =
    groupKey === null ? undefined : (sql.group.get({ groupKey, lane }) as { id: number } | undefined);
  if (group) sql.moveOn.run({ id: group.id, notBefore });
  const id = group?.id ?? Number(sql.addJob.run({ lane, asker, groupKey, notBefore, now }).lastInsertRowid);
  sql.addRequest.run({ key, job: id, request: JSON.stringify(request) });
  return placed(id, { fresh: true, joined: group !== undefined });
}

/** Without requests when none of them can be read any more. */
function claim(sql: InboxStatements, wanted: Wanted): Job | null {
  const { lane } = wanted;
  const job = sql.claim.get({ ...wanted }) as ClaimedRow | undefined;
  if (!job) return null;
  const rows = sql.requests.all(job.id) as unknown as RequestRow[];
  const requests = rows.map((row) => readJson<Request>(row.request)).filter((request) => request !== null);
  return { ...job, lane, requests, key: rows[0]?.key ?? '', posted: readJson<Posted>(job.posted) };
}

interface Wanted {
  readonly lane: Lane;
  readonly perAsker: number;
  /** A list of ids, as JSON. */
  readonly uncounted: string;
  readonly now: number;
}

interface ClaimedRow {
  readonly id: number;
  readonly attempts: number;
  readonly deaths: number;
  readonly unsure: number;
  readonly posted: string | null;
  readonly acceptedAt: number;
}

interface RequestRow {
  readonly key: string;
  readonly request: string | null;
}

function depth(sql: InboxStatements): Awaited<ReturnType<Inbox['depth']>> {
  const depths = { photo: { waiting: 0, running: 0 }, quick: { waiting: 0, running: 0 } };
  const rows = sql.depth.all() as { lane: Lane; state: 'waiting' | 'running'; jobs: number }[];
  for (const { lane, state, jobs } of rows) depths[lane][state] = jobs;
  return depths;
}
