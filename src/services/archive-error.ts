/** The archive cannot be asked now, or gave no usable answer: it may go better later. The message holds nothing of what was sent. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  /** Nobody knows whether it was done, or is still being done. */
  readonly isUnsure: boolean;

  constructor(message: string, { isUnsure, ...options }: ErrorOptions & { readonly isUnsure: boolean }) {
    super(message, options);
    this.isUnsure = isUnsure;
  }
}
