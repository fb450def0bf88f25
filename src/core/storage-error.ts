/** What must outlive the program cannot be read or written now, such as with a full disk: nothing of it holds. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}
