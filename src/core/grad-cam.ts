import type { Genre } from './genre.ts';
import type { FeatureMap, HeatMap } from './types.ts';

/**
 * Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391): ReLU(Σ_k α_k A_k), scaled so that the hottest place is 1.
 *
 * `gradient` [channels] is the derivative of the genre's logit by each channel of the last feature map. Behind a global
 * mean and a linear layer it is W[genre, k] / (H·W) at every position, so its spatial mean α_k is itself and no backward
 * pass is needed. A map that is nowhere positive stays all zero.
 */
export function gradCam(genre: Genre, features: FeatureMap, gradient: Float32Array): HeatMap {
  const { channels, width, height } = features;
  const size = width * height;
  const sums = new Float64Array(size);
  for (let channel = 0; channel < channels; channel++) {
    const alpha = gradient[channel] ?? 0;
    const start = channel * size;
    for (let i = 0; i < size; i++) sums[i] = (sums[i] ?? 0) + alpha * (features.values[start + i] ?? 0);
  }
  const peak = sums.reduce((a, b) => Math.max(a, b), 0);
  const values = Float32Array.from(sums, (sum) => (peak > 0 ? Math.max(0, sum) / peak : 0));
  return { genre, width, height, values };
}
