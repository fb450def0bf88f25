import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';

/** Makes the folder if missing. Throws the system's error where it cannot be written to. */
export async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await access(folder, constants.W_OK);
}

/** Writes `<photo>-<fileName>` into `folder`; its absolute path. */
export async function writeHeatmap(
  folder: string,
  photo: string,
  fileName: string,
  jpeg: Uint8Array,
): Promise<string> {
  const path = resolve(folder, `${stem(photo)}-${fileName}`);
  await writeFile(path, jpeg);
  return path;
}

/** File systems allow 255 bytes a name, and the photo's own may have them all. */
const MAX_STEM_BYTES = 150;

function stem(photo: string): string {
  const bytes = Buffer.from(basename(photo, extname(photo))).subarray(0, MAX_STEM_BYTES);
  return bytes.toString().replace(/\ufffd+$/, ''); // not half a character
}
