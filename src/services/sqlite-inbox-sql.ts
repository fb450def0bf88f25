/** A job is one row, whose id is its place in line; its requests are one or, in a group, several rows. */
export const INBOX_SQL = {
  recover: `
    UPDATE jobs SET state = 'waiting', attempts = attempts - 1, deaths = deaths + 1 WHERE state = 'running'`,
  known: 'SELECT job FROM requests WHERE key = ?',
  group: `SELECT id FROM jobs WHERE group_key = :groupKey AND lane = :lane AND state = 'waiting' ORDER BY id LIMIT 1`,
  addJob: `
    INSERT INTO jobs (lane, state, asker, group_key, not_before, accepted_at)
    VALUES (:lane, 'waiting', :asker, :groupKey, :notBefore, :now)`,
  addRequest: 'INSERT INTO requests (key, job, request) VALUES (:key, :job, :request)',
  moveOn: 'UPDATE jobs SET not_before = max(not_before, :notBefore) WHERE id = :id',
  // what is shown already only waits for its words
  place: `
    SELECT count(*) FILTER (WHERE state = 'waiting') AS ahead,
      count(*) FILTER (WHERE asker = :asker AND (state = 'waiting' OR posted IS NULL)) AS ofAsker
    FROM jobs WHERE lane = :lane AND state IN ('waiting', 'running') AND id < :id`,
  // few run at once, so the askers to pass over are a short list, made once
  claim: `
    UPDATE jobs SET state = 'running', attempts = attempts + 1 WHERE id = (
      SELECT id FROM jobs
      WHERE lane = :lane AND state = 'waiting' AND not_before <= :now AND asker NOT IN (
        SELECT asker FROM jobs
        WHERE lane = :lane AND state = 'running' AND id NOT IN (SELECT value FROM json_each(:uncounted))
        GROUP BY asker HAVING count(*) >= :perAsker
      )
      ORDER BY id LIMIT 1
    )
    RETURNING id, attempts, deaths, unsure, posted, accepted_at AS acceptedAt`,
  requests: 'SELECT key, request FROM requests WHERE job = ? ORDER BY id',
  requestsOf: `
    SELECT requests.id, request FROM jobs CROSS JOIN requests ON requests.job = jobs.id
    WHERE lane IN ('photo', 'quick') AND state IN ('waiting', 'running') AND asker = ?`,
  nextAt: `SELECT min(not_before) AS nextAt FROM jobs WHERE lane = ? AND state = 'waiting'`,
  posting: 'UPDATE jobs SET unsure = unsure + 1 WHERE id = ? AND finished_at IS NULL',
  notPosted: 'UPDATE jobs SET unsure = max(unsure - 1, 0) WHERE id = ? AND finished_at IS NULL',
  posted: 'UPDATE jobs SET posted = :posted, unsure = 0 WHERE id = :id AND finished_at IS NULL',
  finish: `
    UPDATE jobs SET state = :state, reason = :reason, finished_at = :now, asker = NULL, group_key = NULL, posted = NULL
    WHERE id = :id AND finished_at IS NULL`,
  empty: 'UPDATE requests SET request = NULL WHERE job = ?',
  release: `
    UPDATE jobs SET state = 'waiting', not_before = :notBefore, attempts = attempts - :forgiven
    WHERE id = :id AND state = 'running'`,
  depth: `
    SELECT lane, state, count(*) AS jobs FROM jobs
    WHERE lane IN ('photo', 'quick') AND state IN ('waiting', 'running') GROUP BY lane, state`,
  purge: 'DELETE FROM jobs WHERE finished_at < ?',
} as const;
