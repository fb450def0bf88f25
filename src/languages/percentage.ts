/** A share, 0 … 1, as the digits of a whole percentage, at most 99, for the model is never certain; null below a half percent. */
export function percentage(share: number): string | null {
  const whole = Math.min(99, Math.round(share * 100));
  return whole > 0 ? `${whole}%` : null;
}
