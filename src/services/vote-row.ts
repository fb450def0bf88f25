import { isGenre } from '../core/genre.ts';
import type { Vote } from '../core/stored-result.ts';

export interface VoteRow {
  readonly resultId: string;
  readonly voter: string;
  /** 1: yes. */
  readonly up: number;
  readonly genre: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export function toVoteRow({ resultId, voter, up, genre, at }: Vote): VoteRow {
  return { resultId, voter, up: up ? 1 : 0, genre, at };
}

export function fromVoteRow({ resultId, voter, up, genre, at }: VoteRow): Vote {
  return { resultId, voter, up: up === 1, genre: genre !== null && isGenre(genre) ? genre : null, at };
}
