import { open } from 'node:fs/promises';

/** Writes a new file, for its owner only; its bytes are on disk when this resolves, its name once its folder is synced. */
export async function writeSynced(file: string, bytes: Uint8Array | string): Promise<void> {
  await using handle = await open(file, 'wx', 0o600);
  await handle.writeFile(bytes);
  await handle.sync();
}

/** Names that came, went or changed in it are on disk when this resolves. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  await using handle = await open(folder, 'r');
  await handle.sync();
}
