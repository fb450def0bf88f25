import { describe, expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import { FACT_NAMES, leaning, traitsOf } from '../../src/core/genre-leanings.ts';
import { heatChanges } from '../../src/core/heat-changes.ts';
import { tellingFacts } from '../../src/core/telling-facts.ts';
import type { Appearance } from '../../src/core/types.ts';

const ordinary: Appearance = {
  brightness: 0.43,
  contrast: 0.21,
  saturation: 0.28,
  warmth: 0.03,
  edges: 0.026,
  colours: [{ colour: 'grey', share: 0.3 }],
};

const names = (change: Partial<Appearance>): string[] =>
  tellingFacts({ ...ordinary, ...change }).map(({ name }) => name);

describe('tellingFacts', () => {
  it('has nothing to tell about an ordinary photo', () => {
    expect(tellingFacts(ordinary)).toEqual([]);
  });

  it.each([
    [{ brightness: 0.15 }, 'dark'],
    [{ brightness: 0.7 }, 'bright'],
    [{ contrast: 0.1 }, 'soft'],
    [{ contrast: 0.3 }, 'hard'],
    [{ saturation: 0.05 }, 'muted'],
    [{ saturation: 0.7 }, 'vivid'],
    [{ warmth: -0.2 }, 'cool'],
    [{ warmth: 0.25 }, 'warm'],
    [{ edges: 0.008 }, 'smooth'],
    [{ edges: 0.06 }, 'busy'],
    [{ colours: [{ colour: 'purple', share: 0.3 }] }, 'purple'],
  ] as const)('tells %j as %s', (change, name) => {
    expect(names(change)).toEqual([name]);
  });

  it('keeps quiet about a colour that is only there', () => {
    expect(names({ colours: [{ colour: 'brown', share: 0.15 }] })).toEqual([]);
  });

  it('joins what belongs together, and does not repeat what goes without saying', () => {
    expect(names({ brightness: 0.15, warmth: 0.25 })).toEqual(['dark+warm']);
    expect(names({ brightness: 0.15, warmth: 0.25, colours: [{ colour: 'black', share: 0.5 }] })).toEqual([
      'dark+warm',
    ]);
  });

  it('puts the most unusual first, and says when there is very much of it', () => {
    const facts = tellingFacts({ ...ordinary, contrast: 0.27, edges: 0.008, warmth: 0.38 });
    expect(facts.map(({ name, strong }) => [name, strong])).toEqual([
      ['warm', true],
      ['smooth', true],
      ['hard', false],
    ]);
  });

  it('never tells both ends of a measure', () => {
    for (let step = 0; step <= 100; step++) {
      const told = names({ brightness: step / 100, contrast: step / 200, warmth: step / 50 - 1 }).join('+');
      for (const [low, high] of [
        ['dark', 'bright'],
        ['soft', 'hard'],
        ['cool', 'warm'],
      ] as const) {
        expect(told.includes(low) && told.includes(high)).toBe(false);
      }
    }
  });
});

describe('leaning', () => {
  it('knows each fact, and no fact speaks both for and against a genre or for every genre', () => {
    for (const name of FACT_NAMES) {
      const signs = GENRES.map((genre) => leaning(name, genre));
      expect(signs.some((sign) => sign !== 0)).toBe(true);
      expect(signs.every((sign) => sign > 0)).toBe(false);
      expect(traitsOf(name).length).toBeLessThanOrEqual(2);
    }
  });

  it('has warm browns for jazz and dark, cold pictures for electronic', () => {
    expect(leaning('warm+brown', 'jazz')).toBe(1);
    expect(leaning('dark+cool', 'electronic')).toBe(1);
    expect(leaning('dark+cool', 'pop')).toBe(-1);
  });
});

describe('heatChanges', () => {
  it('sees no change where there is none', () => {
    expect(heatChanges(ordinary, ordinary)).toEqual({ more: [], colour: null });
  });

  it('names the clearest two, and a colour that has grown', () => {
    const hot: Appearance = {
      ...ordinary,
      brightness: 0.2,
      edges: 0.05,
      warmth: 0.1,
      colours: [{ colour: 'brown', share: 0.4 }],
    };
    expect(heatChanges(hot, ordinary)).toEqual({ more: ['dark', 'busy'], colour: 'brown' });
  });
});
