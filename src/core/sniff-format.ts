import { isSvg } from './sniff-svg.ts';

/** The formats that are read; the photo reader sends HEIC to a decoder of its own. */
const ACCEPTED_FORMATS = ['jpeg', 'png', 'webp', 'gif', 'avif', 'heic'] as const;
export type AcceptedFormat = (typeof ACCEPTED_FORMATS)[number];

/** Every format that is recognised, as people call it; those not accepted are known so that the refusal can name them. */
export const FORMAT_NAMES = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  gif: 'GIF',
  avif: 'AVIF',
  heic: 'HEIC',
  svg: 'SVG',
  tiff: 'TIFF',
  pdf: 'PDF',
  bmp: 'BMP',
  ico: 'ICO',
  psd: 'PSD',
  jxl: 'JPEG XL',
  jp2: 'JPEG 2000',
  cr3: 'CR3',
  mp4: 'MP4',
  mov: 'MOV',
  avi: 'AVI',
  webm: 'WebM',
  mkv: 'MKV',
} as const;
export type ImageFormat = keyof typeof FORMAT_NAMES;

/** How each begins, one character a byte; ? stands for any byte. */
const MAGIC: readonly (readonly [ImageFormat, string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['webp', 'RIFF????WEBP'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['tiff', 'II+\0'],
  ['tiff', 'MM\0+'],
  ['pdf', '%PDF-'],
  ['bmp', 'BM????\0\0\0\0??\0\0?\0\0\0'],
  ['ico', '\0\0\x01\0?\0'],
  ['psd', '8BPS\0'],
  ['jxl', '\xff\x0a'],
  ['jxl', '\0\0\0\x0cJXL \r\n\x87\n'],
  ['jp2', '\xff\x4f\xff\x51'],
  ['jp2', '\0\0\0\x0cjP  \r\n\x87\n'],
  ['mov', '????moov'],
  ['mov', '????mdat'],
  ['mov', '????wide'],
  ['avi', 'RIFF????AVI '],
];

const HEVC_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs'];
const AVIF_BRANDS = ['avif', 'avis'];
/** HEIF without a word on the codec. */
const HEIF_BRANDS = ['mif1', 'msf1', 'mif2', 'miaf'];

export function isAccepted(format: ImageFormat): format is AcceptedFormat {
  return (ACCEPTED_FORMATS as readonly string[]).includes(format);
}

/** What the bytes say they are, or null when it is nothing known (a name or a content type is never asked). */
export function sniffFormat(bytes: Uint8Array): ImageFormat | null {
  const head = String.fromCharCode(...bytes.subarray(0, 256));
  const known = MAGIC.find(([, magic]) => beginsWith(head, magic));
  if (known) return known[0];
  if (head.startsWith('ftyp', 4)) return sniffBrands(head);
  if (head.startsWith('\x1aE\xdf\xa3')) return head.includes('webm') ? 'webm' : 'mkv';
  return isSvg(bytes) ? 'svg' : null;
}

function beginsWith(head: string, magic: string): boolean {
  if (head.length < magic.length) return false;
  return [...magic].every((character, at) => character === '?' || character === head[at]);
}

/** ISO base media: the ftyp box holds the major brand, a version, then the compatible brands. */
function sniffBrands(head: string): ImageFormat {
  const end = [...head.slice(0, 4)].reduce((size, byte) => size * 256 + byte.charCodeAt(0), 0);
  const major = head.slice(8, 12);
  const brands = [major, ...(head.slice(16, end).match(/[\s\S]{4}/g) ?? [])];
  const has = (wanted: readonly string[]) => brands.some((brand) => wanted.includes(brand));
  if (major === 'qt  ') return 'mov';
  if (major === 'crx ') return 'cr3';
  if (HEVC_BRANDS.includes(major)) return 'heic';
  if (has(AVIF_BRANDS)) return 'avif';
  return has(HEVC_BRANDS) || has(HEIF_BRANDS) ? 'heic' : 'mp4';
}
