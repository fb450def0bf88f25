/** One picture's logits (up to a constant) and the index of its label. */
export interface Outcome {
  readonly logits: readonly number[];
  readonly label: number;
}

/** softmax(logits / temperature) */
function probabilities({ logits }: Outcome, temperature: number): number[] {
  const peak = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - peak) / temperature));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/** The temperature with the least negative log-likelihood, by golden-section search (it has one minimum). */
export function fitTemperature(outcomes: readonly Outcome[]): number {
  const loss = (logT: number) =>
    outcomes.reduce((sum, each) => sum - Math.log(probabilities(each, Math.exp(logT))[each.label] ?? 0), 0);
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [-3, 3];
  while (high - low > 1e-5) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (loss(left) < loss(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

/** Mean gap between confidence and accuracy over equal-width bins of the top probability, weighted by size. */
export function expectedCalibrationError(
  outcomes: readonly Outcome[],
  temperature: number,
  bins = 15,
): number {
  const gaps = new Float64Array(bins);
  for (const outcome of outcomes) {
    const scores = probabilities(outcome, temperature);
    const top = Math.max(...scores);
    const bin = Math.min(bins - 1, Math.floor(top * bins));
    gaps[bin] = (gaps[bin] ?? 0) + (scores.indexOf(top) === outcome.label ? 1 : 0) - top;
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / outcomes.length;
}

/** Fitted on one half and measured on the other, both ways, averaged; the halves alternate. */
export function crossFittedError(outcomes: readonly Outcome[]): number {
  const even = outcomes.filter((_, i) => i % 2 === 0);
  const odd = outcomes.filter((_, i) => i % 2 === 1);
  const oneWay = (fit: Outcome[], test: Outcome[]) => expectedCalibrationError(test, fitTemperature(fit));
  return (oneWay(even, odd) + oneWay(odd, even)) / 2;
}
