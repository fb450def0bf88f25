/**
 * Heat 0 … 1 as colour: black → violet → red → orange → pale yellow, with steadily rising lightness, so that hotter looks
 * brighter in colour, in grey and to the colour-blind. Anchors follow matplotlib's "inferno" (CC0, Smith & van der Walt).
 */
const ANCHORS: readonly (readonly [number, number, number])[] = [
  [0, 0, 4],
  [31, 12, 72],
  [85, 15, 109],
  [136, 34, 106],
  [186, 54, 85],
  [227, 89, 51],
  [249, 140, 10],
  [249, 201, 50],
  [252, 255, 164],
];

/** [256 × 3] RGB. */
export const HEAT_COLOURS: Uint8Array = Uint8Array.from({ length: 256 * 3 }, (_, i) => {
  const position = (Math.floor(i / 3) / 255) * (ANCHORS.length - 1);
  const below = Math.min(Math.floor(position), ANCHORS.length - 2);
  const from = ANCHORS[below]?.[i % 3] ?? 0;
  const to = ANCHORS[below + 1]?.[i % 3] ?? 0;
  return Math.round(from + (to - from) * (position - below));
});
