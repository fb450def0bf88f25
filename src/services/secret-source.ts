/** Settings that are kept outside this machine, under their names. */
export interface SecretSource {
  /** Ends within a few seconds, whatever hangs. Throws SecretError. */
  read(): Promise<SecretContent>;
}

export interface SecretContent {
  readonly values: ReadonlyMap<string, string>;
  /** Keys whose values are no text, number or boolean. */
  readonly withoutText: readonly string[];
}

/** The secret cannot be had; the message says why, in English, and holds nothing of it. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
}
