/** A share, 0 … 1, as the digits of a whole percentage; never 0 or 100, for the model is never certain. */
export function percentage(share: number): string {
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))}%`;
}
