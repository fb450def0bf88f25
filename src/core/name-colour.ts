import type { Colour } from './types.ts';

/** In OKLCh: lightness 0 … 1, chroma 0 … 0.37, hue in degrees. */
interface Tone {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** https://bottosson.github.io/posts/oklab/ */
function toneOf(red: number, green: number, blue: number): Tone {
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const c = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, c),
    hue: ((Math.atan2(c, a) * 180) / Math.PI + 360) % 360,
  };
}

function neutral(lightness: number): Colour {
  if (lightness < 0.27) return 'black';
  return lightness > 0.87 ? 'white' : 'grey';
}

function reddish({ lightness, chroma }: Tone): Colour | null {
  if (lightness > 0.7 && chroma < 0.17) return chroma < 0.06 ? null : 'pink';
  return chroma < 0.1 ? 'brown' : 'red';
}

function orangeish({ lightness, chroma }: Tone): Colour | null {
  if (chroma > 0.115 && lightness > 0.62) return 'orange';
  return lightness > 0.75 ? null : 'brown';
}

function yellowish({ lightness, chroma, hue }: Tone): Colour | null {
  if (lightness > 0.68) return chroma > 0.08 ? 'yellow' : null;
  return hue > 102 ? 'green' : 'brown';
}

/** The last hue of each name, in degrees, going up from 0. */
const HUES: readonly (readonly [number, (tone: Tone) => Colour | null])[] = [
  [10, (tone) => (tone.lightness > 0.5 ? 'pink' : 'red')],
  [38, reddish],
  [80, orangeish],
  [117, yellowish],
  [170, () => 'green'],
  [215, () => 'teal'],
  [286, () => 'blue'],
  [322, () => 'purple'],
  [350, (tone) => (tone.lightness > 0.6 ? 'pink' : 'purple')],
  [360, (tone) => (tone.lightness > 0.45 ? 'pink' : 'purple')],
];

/** Slate and shade are blue in numbers but grey to the eye, so cool tones need more chroma to earn a name. */
function greyBelow({ lightness, hue }: Tone): number {
  if (hue > 200 && hue < 330) return lightness < 0.35 ? 0.036 : 0.046;
  return lightness < 0.45 || lightness > 0.9 ? 0.025 : 0.032;
}

/** The everyday name of an sRGB colour, 0 … 255 a channel; null for the tones between names, such as beige. */
export function nameColour(red: number, green: number, blue: number): Colour | null {
  const tone = toneOf(red, green, blue);
  if (tone.lightness < 0.16 || tone.chroma < greyBelow(tone)) return neutral(tone.lightness);
  if (tone.lightness < 0.24 && tone.chroma < 0.05) return 'black';
  return HUES.find(([last]) => tone.hue <= last)?.[1](tone) ?? null;
}
