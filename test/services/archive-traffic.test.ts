import { describe, expect, it } from 'vitest';
import { ArchiveTraffic } from '../../src/services/archive-traffic.ts';

function start(mayRunOn = false) {
  const time = { now: 1000 };
  const traffic = new ArchiveTraffic({ calendar: () => time.now, runsOnMs: 50, mayRunOn });
  return { traffic, time };
}

describe('traffic to the archive', () => {
  it('is over for a person when the last of theirs has arrived', () => {
    const { traffic } = start();
    const [first, second] = [traffic.begin('ann'), traffic.begin('ann')];
    const other = traffic.begin('ben');
    first(false);
    expect(traffic.calmAt('ann')).toBeNull();
    second(false);
    expect(traffic.calmAt('ann')).toBeLessThanOrEqual(1000);
    expect(traffic.calmAt('ben')).toBeNull();
    other(false);
    expect(traffic.calmAt('cleo')).toBeLessThanOrEqual(1000);
  });

  it('may go on for a while after nobody waits for it', () => {
    const { traffic, time } = start();
    const [first, second] = [traffic.begin('ann'), traffic.begin('ann')];
    first(true);
    time.now = 1010;
    second(false);
    expect(traffic.calmAt('ann')).toBe(1050);
    expect(traffic.calmAt('ben')).toBeLessThanOrEqual(1010);
    time.now = 1060;
    expect(traffic.calmAt('ann')).toBeLessThanOrEqual(1060);
  });

  it('may have been left by an earlier run, of anybody', () => {
    const { traffic } = start(true);
    expect(traffic.calmAt('ann')).toBe(1050);
  });
});
