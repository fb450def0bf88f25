import { describe, expect, it } from 'vitest';
import { type Drift, driftOf, type Expected, FEWEST_PHOTOS } from '../../src/core/drift.ts';
import type { Genre } from '../../src/core/genre.ts';

const EXPECTED: Expected = {
  genres: { classical: 400, electronic: 200, jazz: 400, pop: 400, rock: 400 },
  meanConfidence: 0.75,
};

/** 100 times as many photos as are given of each genre (2, 1, 2, 2 and 2 unless told), with that mean confidence. */
function photos(hundreds: Partial<Record<Genre, number>>, meanConfidence = 0.75, each = 100) {
  const given = { classical: 2, electronic: 1, jazz: 2, pop: 2, rock: 2, ...hundreds };
  const { classical, electronic, jazz, pop, rock } = given;
  const counts = [classical, electronic, jazz, pop, rock].map((count) => count * each);
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = counts;
  const genres = { classical: a, electronic: b, jazz: c, pop: d, rock: e };
  return { genres, confidence: meanConfidence * counts.reduce((sum, count) => sum + count, 0) };
}

function told(of: ReturnType<typeof photos>, expected = EXPECTED): Drift {
  const drift = driftOf(of, expected);
  if (!drift) throw new Error('there are too few photos');
  return drift;
}

describe('driftOf', () => {
  it('finds nothing where mix and confidence are as expected, however many photos there are', () => {
    for (const each of [6, 100, 10_000]) {
      const drift = told(photos({}, 0.75, each));
      expect(drift.distance).toBeCloseTo(0, 10);
      expect(drift.meanConfidence).toBeCloseTo(0.75, 10);
      expect(drift.verdict).toBe('steady');
    }
  });

  it('tells the share of photos that would need another genre', () => {
    expect(told(photos({ jazz: 4, rock: 0 })).distance).toBeCloseTo(2 / 9, 10);
    expect(told(photos({ jazz: 3, pop: 3, rock: 1, classical: 1 })).distance).toBeCloseTo(2 / 9, 10);
    const onlyElectronic = photos({ classical: 0, electronic: 9, jazz: 0, pop: 0, rock: 0 });
    expect(told(onlyElectronic).distance).toBeCloseTo(8 / 9, 10);
  });

  it('names what differs by more than chance explains', () => {
    const [mix, other] = [{ jazz: 4, rock: 0 }, {}];
    expect(told(photos(mix, 0.75)).verdict).toBe('mix');
    expect(told(photos(other, 0.6)).verdict).toBe('confidence');
    expect(told(photos(other, 0.9)).verdict).toBe('confidence');
    expect(told(photos(mix, 0.6)).verdict).toBe('both');
  });

  it('takes the same difference for chance where photos are few', () => {
    expect(told(photos({ jazz: 3, rock: 1 }, 0.7, 100)).verdict).toBe('mix');
    expect(told(photos({ jazz: 3, rock: 1 }, 0.7, 10)).verdict).toBe('steady');
    expect(told(photos({}, 0.68, 100)).verdict).toBe('confidence');
    expect(told(photos({}, 0.68, 10)).verdict).toBe('steady');
  });

  it('allows what the bounds say: Hoeffding’s, for 30 choices of genres and for two directions', () => {
    const { distanceByChance, confidenceByChance } = told(photos({}, 0.75, 100));
    const spread = 1 / 900 + 1 / 1800;
    // each gives half of the one false alarm in a hundred
    expect(30 * Math.exp((-2 * distanceByChance ** 2) / spread)).toBeCloseTo(0.005, 10);
    expect(2 * Math.exp((-2 * (confidenceByChance / 0.8) ** 2) / spread)).toBeCloseTo(0.005, 10);
  });

  it('allows more where the model was tried on fewer pictures', () => {
    const few: Expected = { ...EXPECTED, genres: photos({}, 0, 5).genres };
    expect(told(photos({}), few).distanceByChance).toBeGreaterThan(told(photos({})).distanceByChance);
    expect(told(photos({ jazz: 3, rock: 1 }), few).verdict).toBe('steady');
  });

  it('says nothing of too few photos', () => {
    const only = (jazz: number) => ({
      genres: { classical: 0, electronic: 0, jazz, pop: 0, rock: 0 },
      confidence: 0.75 * jazz,
    });
    expect(driftOf(only(FEWEST_PHOTOS - 1), EXPECTED)).toBeNull();
    expect(driftOf(only(0), EXPECTED)).toBeNull();
    expect(told(only(FEWEST_PHOTOS)).verdict).toBe('mix');
    expect(told(only(FEWEST_PHOTOS)).distanceByChance).toBeCloseTo(0.3, 1);
  });
});
