import type { DriftVerdict } from '../core/drift.ts';
import type { MixPart } from '../core/mix-of.ts';

/** What is said of photos and votes that were counted. Shares are 0 … 1. */
export interface StatsWords {
  /** A share beside a bar, as portion has it. */
  percent(share: number): string;
  /** Label of the genres' bars. */
  readonly mix: string;
  readonly own: {
    readonly title: string;
    /** Of 90 days. */
    photos(count: number, ups: number, downs: number): string;
    /** In place of all that when there are no photos. */
    readonly none: string;
  };
  readonly chart: {
    readonly label: string;
    altText(parts: readonly MixPart[]): string;
    /** Which shape of the picture is which genre. */
    readonly order: string;
  };
  readonly group: {
    readonly title: string;
    /** Of 7 days. */
    photos(count: number): string;
    readonly none: string;
    /** Where the asker's own are to be had. */
    readonly privately: string;
  };
  readonly all: {
    readonly heading: string;
    photos(count: number, ups: number, downs: number): string;
    /** The share of the votes that are for the answer. */
    agreement(share: number): string;
    /** There are fewer votes than the rate needs. */
    fewVotes(least: number): string;
  };
  /** This week's photos beside what the model says of its validation pictures. */
  readonly drift: {
    readonly heading: string;
    tooFew(count: number, least: number): string;
    readonly verdict: Readonly<Record<DriftVerdict, string>>;
    /** Total variation distance, and how much of it may be chance. */
    distance(share: number, byChance: number): string;
    confidence(mean: number, expected: number, byChance: number): string;
    /** Beside a bar: a genre's share, and in brackets what was to be expected. */
    beside(share: number, expected: number): string;
    /** What is in the brackets; `pictures`: how many it is of. */
    brackets(pictures: number): string;
  };
}
