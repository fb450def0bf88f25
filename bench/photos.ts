import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const FIXTURES = fileURLToPath(new URL('../test/fixtures/photos/', import.meta.url));

/** `count` different JPEGs of one size, cut and turned from the fixture photos; their paths. */
export async function makePhotos(
  folder: string,
  count: number,
  width: number,
  height: number,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const fixtures = (await readdir(FIXTURES)).filter((name) => name.endsWith('.jpg')).sort();
  const paths: string[] = [];
  for (let i = 0; i < count; i++) {
    const fixture = fixtures[i % fixtures.length] as string;
    const picture = sharp(join(FIXTURES, fixture))
      .resize(width, height, { fit: 'cover' })
      .flop(i % 2 === 1)
      .modulate({ brightness: 0.85 + 0.02 * i });
    const path = join(folder, `${width}x${height}-${i}.jpg`);
    await writeFile(path, await picture.jpeg({ quality: 90 }).toBuffer());
    paths.push(path);
  }
  return paths;
}
