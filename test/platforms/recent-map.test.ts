import { expect, it } from 'vitest';
import { RecentMap } from '../../src/platforms/recent-map.ts';

it('remembers the latest thousand, of which one that is set again is the newest', () => {
  const map = new RecentMap<number>();
  for (let value = 0; value < 1000; value += 1) map.set(`${value}`, value);
  map.set('0', -1);
  map.set('one more', 1000);
  expect([map.get('0'), map.get('1'), map.get('2'), map.get('one more')]).toEqual([-1, undefined, 2, 1000]);
});
