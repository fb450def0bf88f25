import type { Posted, StoredResult } from '../core/stored-result.ts';
import type { Explanation } from '../core/types.ts';
import { readJson } from './sqlite-json.ts';

/** What changes on its own stands on its own, so that the maps are written once; the rest is JSON. */
export interface ResultRow {
  readonly id: string;
  readonly platform: string;
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** 1: yes. */
  readonly shared: number;
  readonly posted: string | null;
  readonly explanation: string | null;
  readonly body: string;
}

export function toResultRow({ posted, explanation, shared, ...rest }: StoredResult): ResultRow {
  const { id, platform, owner, createdAt } = rest;
  return {
    id,
    platform,
    owner,
    createdAt,
    shared: shared ? 1 : 0,
    posted: posted && JSON.stringify(posted),
    explanation: explanation && JSON.stringify(explanation),
    body: JSON.stringify(rest),
  };
}

/** null where it cannot be read any more. */
export function fromResultRow(
  row: Pick<ResultRow, 'shared' | 'posted' | 'explanation' | 'body'>,
): StoredResult | null {
  const body = readJson<Omit<StoredResult, 'posted' | 'explanation' | 'shared'>>(row.body);
  return (
    body && {
      ...body,
      explanation: readJson<Explanation>(row.explanation),
      posted: readJson<Posted>(row.posted),
      shared: row.shared === 1,
    }
  );
}
