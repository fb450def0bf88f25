import { GENRES } from './genre.ts';
import { mixOf } from './mix-of.ts';
import type { Tally } from './prediction.ts';

/** What a model says of pictures that it was not trained on. */
export interface Expected {
  /** Pictures by the genre that it finds most probable, right or wrong. */
  readonly genres: Tally['genres'];
  /** Of the most probable genres, calibrated, 0 … 1. */
  readonly meanConfidence: number;
}

/** How far photos are from what a model is expected to say. */
export interface Drift {
  /**
   * Total variation distance of the two mixes, 0 … 1: the share of the photos that would need another genre for the mixes
   * to be the same.
   */
  readonly distance: number;
  /** The largest distance that may be chance. */
  readonly distanceByChance: number;
  readonly meanConfidence: number;
  /** The largest difference of the mean confidences that may be chance. */
  readonly confidenceByChance: number;
  /** What differs by more than chance explains. */
  readonly verdict: DriftVerdict;
}

export const DRIFT_VERDICTS = ['steady', 'mix', 'confidence', 'both'] as const;
export type DriftVerdict = (typeof DRIFT_VERDICTS)[number];

/** With fewer, more than three photos in ten could need another genre by chance. */
export const FEWEST_PHOTOS = 50;

/** How often photos of the very same kind may be called different, by their mix or by their confidence, at the most. */
const FALSE_ALARMS = 0.01;

/** Genres to count together, but none and all of them: the distance is the largest difference of such counts. */
const CHOICES = 2 ** GENRES.length - 2;
/** More or less. */
const DIRECTIONS = 2;

/** The most probable of five genres has at least a fifth. */
const CONFIDENCE_RANGE = 1 - 1 / GENRES.length;

/** null: there are too few photos to tell. */
export function driftOf(photos: Pick<Tally, 'genres' | 'confidence'>, expected: Expected): Drift | null {
  const [size, expectedSize] = [mixOf(photos.genres).photos, mixOf(expected.genres).photos];
  if (size < FEWEST_PHOTOS) return null;
  const apart = GENRES.map((genre) =>
    Math.abs(photos.genres[genre] / size - expected.genres[genre] / expectedSize),
  );
  const distance = apart.reduce((sum, each) => sum + each, 0) / 2;
  const distanceByChance = byChance(CHOICES, size, expectedSize);
  const meanConfidence = photos.confidence / size;
  const confidenceByChance = CONFIDENCE_RANGE * byChance(DIRECTIONS, size, expectedSize);
  const verdict = verdictOf(
    distance > distanceByChance,
    Math.abs(meanConfidence - expected.meanConfidence) > confidenceByChance,
  );
  return { distance, distanceByChance, meanConfidence, confidenceByChance, verdict };
}

function verdictOf(otherMix: boolean, otherConfidence: boolean): DriftVerdict {
  if (otherMix) return otherConfidence ? 'both' : 'mix';
  return otherConfidence ? 'confidence' : 'steady';
}

/**
 * How far the means of two samples may lie apart by chance, for values 0 … 1, when so many differences are looked at:
 * Hoeffding's bound for one (https://doi.org/10.1080/01621459.1963.10500830, 2.7), and the sum of the bounds for all, as
 * Weissman et al. have it for the L1 deviation of an empirical distribution (HPL-2003-97R1). It holds for any mix and for
 * few photos, too. It takes each photo for one by itself, which those of one person in a row are not: one more reason for
 * a bound, which is wider than an estimate.
 */
function byChance(differences: number, size: number, otherSize: number): number {
  const alarms = FALSE_ALARMS / 2; // half for the mix, half for the confidence
  return Math.sqrt((Math.log(differences / alarms) / 2) * (1 / size + 1 / otherSize));
}
