/** A part of things that were counted, 0 … 1: '0%', '<1%', '1%' … '99%', and '100%' for all of them. */
export function portion(share: number): string {
  if (share > 0 && share < 0.005) return '<1%';
  return `${Math.min(share < 1 ? 99 : 100, Math.round(share * 100))}%`;
}
