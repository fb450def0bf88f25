import { describe, expect, it } from 'vitest';
import { blendOf } from '../../src/core/blend.ts';

const rest = { classical: 0, electronic: 0, jazz: 0, pop: 0, rock: 0 };

describe('blendOf', () => {
  it('is null when one genre clearly leads', () => {
    expect(blendOf({ ...rest, jazz: 0.6, rock: 0.4 })).toBeNull();
    expect(blendOf({ ...rest, jazz: 0.45, rock: 0.3, pop: 0.25 })).toBeNull();
  });

  it('names the best two, best first, below 0.45', () => {
    expect(blendOf({ ...rest, pop: 0.44, jazz: 0.2, classical: 0.18, rock: 0.18 })).toEqual(['pop', 'jazz']);
  });

  it('names the best two when the lead is under 0.10', () => {
    expect(blendOf({ ...rest, rock: 0.52, pop: 0.43, jazz: 0.05 })).toEqual(['rock', 'pop']);
  });
});
