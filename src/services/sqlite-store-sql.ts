export const STORE_SQL = {
  // not INSERT OR REPLACE: that deletes the row first, and its votes with it
  putResult: `
    INSERT INTO results (id, platform, owner, created_at, shared, posted, explanation, body)
    VALUES (:id, :platform, :owner, :createdAt, :shared, :posted, :explanation, :body)
    ON CONFLICT (id) DO UPDATE SET
      platform = excluded.platform, owner = excluded.owner, created_at = excluded.created_at,
      shared = excluded.shared, posted = excluded.posted, explanation = excluded.explanation,
      body = excluded.body`,
  result: 'SELECT shared, posted, explanation, body FROM results WHERE id = :id AND created_at >= :oldest',
  latest: `
    SELECT shared, posted, explanation, body FROM results
    WHERE platform = :platform AND owner = :owner AND created_at >= :oldest AND posted IS NOT NULL
    ORDER BY created_at DESC`,
  setPosted: 'UPDATE results SET posted = :posted WHERE id = :id',
  setExplanation: 'UPDATE results SET explanation = :explanation WHERE id = :id',
  setShared: 'UPDATE results SET shared = 1 WHERE id = ?',
  putVote: `
    INSERT INTO votes (result, voter, up, genre, at)
    SELECT id, :voter, :up, :genre, :at FROM results WHERE id = :resultId AND created_at >= :oldest
    ON CONFLICT (result, voter) DO UPDATE SET up = excluded.up, genre = excluded.genre, at = excluded.at`,
  vote: `
    SELECT result AS resultId, voter, up, genre, at FROM votes
    WHERE result = :resultId AND voter = :voter
      AND EXISTS (SELECT 1 FROM results WHERE id = :resultId AND created_at >= :oldest)`,
  purge: 'DELETE FROM results WHERE created_at < ?',
  leaveTraces: 'INSERT INTO traces (id) VALUES (1) ON CONFLICT (id) DO NOTHING',
  hasTraces: 'SELECT id FROM traces WHERE id = 1',
  clearTraces: 'DELETE FROM traces WHERE id = 1',
} as const;
