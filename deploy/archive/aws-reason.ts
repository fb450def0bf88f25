import { RemovalError } from './object-remover.ts';

/**
 * Why AWS did not do it, in a few words; undefined where it was not AWS. Never the error's message: AWS names in it whom and
 * what it is about.
 */
export function awsReason(error: unknown, limit: AbortSignal): string | undefined {
  if (limit.aborted) return 'no answer from AWS in time';
  if (error instanceof RemovalError) return `AWS: ${error.code}`;
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const { httpStatusCode: status } = error.$metadata as { readonly httpStatusCode?: number };
  const { name } = error;
  const code = 'code' in error ? error.code : undefined;
  const word = [code, name].find((each) => typeof each === 'string' && /^\w{1,64}$/.test(each)) ?? 'unknown';
  return status === undefined ? `AWS: ${word}` : `AWS: ${word} (status ${status})`;
}
