import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { MAX_BYTES, tooLarge } from '../../core/admit-photo.ts';
import type { ImageSource } from '../../core/ports.ts';
import { UserError } from '../../core/user-error.ts';

/** Pictures named by their path. */
export function createFileSource(): ImageSource<string> {
  return {
    async fetch(path, signal) {
      const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
        throw accessError(path, error);
      });
      // before opening: a pipe would wait for ever
      if (!found.isFile()) throw new UserError('not-a-file', { name: basename(path) });
      if (found.size > MAX_BYTES) throw tooLarge();
      return await readFile(path, { signal }).catch((error: NodeJS.ErrnoException) => {
        throw accessError(path, error);
      });
    },
  };
}

/** not-found or unreadable; anything that is not the system's refusal, such as an abort, stays what it is. */
function accessError(path: string, error: NodeJS.ErrnoException): Error {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return new UserError('not-found', { name: basename(path) }, { cause: error });
    default:
      return error.errno === undefined ? error : new UserError('unreadable', {}, { cause: error });
  }
}
