import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ArchiveEvent, archiveEvent } from './archive-protocol.ts';
import { syncFolder, writeSynced } from './sync-file.ts';

/** A photo that waits, as it is just now. */
export interface Waiting {
  readonly name: string;
  readonly pseudonym: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** By name, the oldest first. */
export type Files = Map<string, Waiting>;

const FILE = /^([0-9a-f]{64})\.([\w-]{32})\.json$/;
const DRAFT = '.draft-';

/** The file is whole at any time, under its old content or its new one. */
export async function replace(folder: string, name: string, text: string): Promise<void> {
  const draft = join(folder, `${DRAFT}${randomUUID()}`);
  try {
    await writeSynced(draft, text);
    await rename(draft, join(folder, name));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}

/** Deletes what is of a person. */
export async function dropFrom(folder: string, files: Files, pseudonym: string): Promise<void> {
  for (const file of files.values()) {
    if (file.pseudonym !== pseudonym) continue;
    await rm(join(folder, file.name), { force: true });
    files.delete(file.name);
  }
  await syncFolder(folder);
}

/** By name, the oldest first. Drafts are deleted; what is none of ours is left alone. */
export async function filesIn(folder: string): Promise<Files> {
  const files: (Waiting & { readonly at: number })[] = [];
  for (const name of await readdir(folder)) {
    if (name.startsWith(DRAFT)) await rm(join(folder, name), { force: true });
    const [, sha256, pseudonym] = FILE.exec(name) ?? [];
    if (!sha256 || !pseudonym) continue;
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile()) files.push({ name, pseudonym, sha256, bytes: found.size, at: found.mtimeMs });
  }
  files.sort((a, b) => a.at - b.at);
  return new Map(files.map(({ at, ...file }) => [file.name, file]));
}

/** null when it is damaged, gone when it is not there. Rejects when it cannot be read just now. */
export async function readEvent(file: string): Promise<ArchiveEvent | null | 'gone'> {
  try {
    return archiveEvent.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'gone';
    if (code === undefined) return null; // it was read, and is no message
    throw error;
  }
}

/** Whether it is whose it should be, and its photo the one that it is named for. */
export function isNamedSo(event: ArchiveEvent, { pseudonym, sha256 }: Waiting): boolean {
  if (event.sha256 !== sha256 || event.pseudonym !== pseudonym) return false;
  if (event.image === null) return true;
  return createHash('sha256').update(Buffer.from(event.image, 'base64')).digest('hex') === sha256;
}
