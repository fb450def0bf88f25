import { describe } from 'vitest';
import { counts } from './store-contract-counts.ts';
import { people } from './store-contract-people.ts';
import { preferences } from './store-contract-preferences.ts';
import { age, results } from './store-contract-results.ts';
import type { Start } from './store-contract-start.ts';
import { votes } from './store-contract-votes.ts';

/** What holds for every Store. */
export function storeContract(name: string, start: Start): void {
  describe(`${name} as a Store`, () => {
    preferences(start);
    results(start);
    age(start);
    votes(start);
    counts(start);
    people(start);
  });
}
