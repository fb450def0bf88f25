import { StorageError } from './storage-error.ts';

/** What `read` gives; `otherwise` when what is stored cannot be had now: an answer can do without. */
export async function unlessStorageFails<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StorageError) return otherwise;
    throw error;
  }
}
