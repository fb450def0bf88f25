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
  const path = resolve(folder, `${basename(photo, extname(photo))}-${fileName}`);
  await writeFile(path, jpeg);
  return path;
}
