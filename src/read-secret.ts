import { type SortedSecret, sortSecret } from './merge-settings.ts';
import { createAwsSecrets } from './services/aws-secrets.ts';
import { SecretError, type SecretSource } from './services/secret-source.ts';

/** The secret as it was when the program started. */
export interface ReadSecret extends SortedSecret {
  readonly name: string;
  /** Gives all of it once more. */
  readonly source: SecretSource;
  /** Keys whose values are no texts. */
  readonly withoutText: readonly string[];
  /** Why it could not be read, in English; null: it was. */
  readonly failure: string | null;
}

/** Ends within a few seconds. Never rejects for what is outside this program. */
export async function readSecret(name: string): Promise<ReadSecret> {
  const source = createAwsSecrets({ name });
  try {
    const { values, withoutText } = await source.read();
    return { ...sortSecret(values), name, source, withoutText, failure: null };
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    return { ...sortSecret(new Map()), name, source, withoutText: [], failure: error.message };
  }
}
