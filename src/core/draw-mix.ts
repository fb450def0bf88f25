import { GENRE_COLOURS } from './genre-colours.ts';
import type { MixPart } from './mix-of.ts';
import type { Raster } from './types.ts';

/** All in px. Dark as strips are, which looks at home on dark and light screens. */
const [WIDTH, HEIGHT] = [640, 320];
const BACKGROUND = 24;
const RING = { x: 160, y: 160, inner: 78, outer: 124, gap: 4 };
const BARS = { left: 336, right: 604, first: 46, step: 51, height: 24, radius: 6, track: 0x303030 };

/** A ring, clockwise from the top, and a bar for each part, from the top: the genres in the given order, in their colours. */
export function drawMix(parts: readonly MixPart[]): Raster {
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(BACKGROUND);
  const picture = { width: WIDTH, height: HEIGHT, data };
  drawRing(parts, picture);
  parts.forEach((part, row) => {
    drawBar(part, BARS.first + row * BARS.step, picture);
  });
  return picture;
}

function drawRing(parts: readonly MixPart[], picture: Raster): void {
  const { x, y, inner, outer, gap } = RING;
  const box = { left: x - outer, top: y - outer, right: x + outer, bottom: y + outer };
  let from = 0;
  for (const { genre, share } of parts) {
    const to = from + share;
    const [start, end] = [rayAt(from), rayAt(to)];
    paint(picture, GENRE_COLOURS[genre], box, (column, line) => {
      const right = column - x;
      const up = y - line;
      const radius = Math.hypot(right, up);
      const ring = inside(outer - radius) * inside(radius - inner);
      if (ring === 0 || share === 1) return ring;
      // distances from the rays where the part begins and ends, positive within half a turn clockwise of the first
      const after = right * start.up - up * start.right - gap / 2;
      const before = up * end.right - right * end.up - gap / 2;
      return ring * inside(share > 0.5 ? Math.max(after, before) : Math.min(after, before));
    });
    from = to;
  }
}

/** Of length 1, after so many turns clockwise from the top. */
function rayAt(turns: number) {
  return { right: Math.sin(2 * Math.PI * turns), up: Math.cos(2 * Math.PI * turns) };
}

function drawBar({ genre, share }: MixPart, top: number, picture: Raster): void {
  const { left, right, height, radius, track } = BARS;
  const box = { left, top, right, bottom: top + height };
  const end = left + share * (right - left);
  const rounded: Cover = (column, line) => {
    const across = Math.max(left + radius - column, column - (right - radius), 0);
    const down = Math.max(top + radius - line, line - (top + height - radius), 0);
    return inside(radius - Math.hypot(across, down));
  };
  paint(picture, track, box, rounded);
  paint(picture, GENRE_COLOURS[genre], { ...box, right: Math.ceil(end) }, (column, line) => {
    return rounded(column, line) * inside(end - column);
  });
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How much of the pixel around this point a shape covers, 0 … 1. */
type Cover = (column: number, line: number) => number;

/** For a point so far inside an edge, px; negative outside. */
function inside(distance: number): number {
  return Math.min(1, Math.max(0, distance + 0.5));
}

function paint({ width, data }: Raster, colour: number, { left, top, right, bottom }: Box, cover: Cover) {
  const channels = [colour >> 16, (colour >> 8) & 255, colour & 255];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const covered = cover(x + 0.5, y + 0.5);
      if (covered === 0) continue;
      const at = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) {
        const below = data[at + c] as number;
        data[at + c] = Math.round(below + ((channels[c] as number) - below) * covered);
      }
    }
  }
}
