import { mkdir, writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';

/** Writes `<photo>-<fileName>` into `folder`, made if missing; its absolute path. */
export async function writeHeatmap(
  folder: string,
  photo: string,
  fileName: string,
  jpeg: Uint8Array,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = resolve(folder, `${basename(photo, extname(photo))}-${fileName}`);
  await writeFile(path, jpeg);
  return path;
}
