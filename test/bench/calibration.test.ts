import { describe, expect, it } from 'vitest';
import {
  crossFittedError,
  expectedCalibrationError,
  fitTemperature,
  type Outcome,
} from '../../bench/calibration.ts';

/** Of every ten pictures with these logits, `right` have label 0, the others label 1. */
function outcomes(logits: readonly number[], right: number): Outcome[] {
  return Array.from({ length: 200 }, (_, i) => ({ logits, label: i % 10 < right ? 0 : 1 }));
}

describe('calibration', () => {
  it('finds the temperature at which confidence is accuracy', () => {
    // softmax([2a, 0] / T) = 0.8 at T = 2a / ln 4
    const given = outcomes([4, 0], 8);
    expect(fitTemperature(given)).toBeCloseTo(4 / Math.log(4), 3);
    expect(expectedCalibrationError(given, 4 / Math.log(4))).toBeCloseTo(0, 6);
    expect(crossFittedError(given)).toBeCloseTo(0, 3);
  });

  it('measures over-confidence', () => {
    expect(expectedCalibrationError(outcomes([50, 0], 7), 1)).toBeCloseTo(0.3, 6);
  });
});
