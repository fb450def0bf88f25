import sharp from 'sharp';

const SMALLEST = 64;
const LARGEST = 320;
const SQUARES = 6;

/** Different pictures: coloured squares, 64 to 320 px a side. `random`: whole numbers from 0 up to a limit, without it. */
export async function makePictures(count: number, random: (limit: number) => number): Promise<Buffer[]> {
  const pictures: Buffer[] = [];
  for (let made = 0; made < count; made += 1) {
    const data = Buffer.from(Array.from({ length: SQUARES * SQUARES * 3 }, () => random(256)));
    const raw = { width: SQUARES, height: SQUARES, channels: 3 } as const;
    const side = () => SMALLEST + random(LARGEST - SMALLEST + 1);
    const size = { width: side(), height: side(), fit: 'fill', kernel: 'nearest' } as const;
    pictures.push(await sharp(data, { raw }).resize(size).jpeg().toBuffer());
  }
  return pictures;
}
