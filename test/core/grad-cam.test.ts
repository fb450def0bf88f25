import { describe, expect, it } from 'vitest';
import { gradCam } from '../../src/core/grad-cam.ts';

const features = {
  channels: 2,
  width: 2,
  height: 2,
  values: Float32Array.from([1, 2, 3, 4, 4, 0, 0, 1]),
};

describe('gradCam', () => {
  it('is the ReLU of the weighted sum of channels, scaled to its peak', () => {
    const map = gradCam('jazz', features, Float32Array.from([1, -1]));
    // sums: 1−4, 2−0, 3−0, 4−1 → −3, 2, 3, 3
    expect(map).toMatchObject({ genre: 'jazz', width: 2, height: 2 });
    expect([...map.values]).toEqual([0, Math.fround(2 / 3), 1, 1]);
  });

  it('differs with the genre asked for', () => {
    const map = gradCam('rock', features, Float32Array.from([0, 1]));
    expect([...map.values]).toEqual([1, 0, 0, 0.25]);
  });

  it('stays all zero, never NaN, when nothing speaks for the genre', () => {
    const map = gradCam('pop', features, Float32Array.from([-1, -1]));
    expect([...map.values]).toEqual([0, 0, 0, 0]);
  });
});
