import type { Choice } from '../core/choice.ts';

export interface ChoiceRow {
  /** 1: yes; null: they were only asked. */
  readonly keep: number | null;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly resultId: string | null;
}

export function toChoiceRow({ keep, version, at, resultId }: Choice): ChoiceRow {
  return { keep: keep === null ? null : keep ? 1 : 0, version, at, resultId };
}

export function fromChoiceRow({ keep, version, at, resultId }: ChoiceRow): Choice {
  return { keep: keep === null ? null : keep === 1, version, at, resultId };
}
