import { OutletError } from '../core/outlet-error.ts';

/** Before a platform is asked again that names no pause of its own. */
export const PAUSE_MS = 2000;

/** The connection was never made: nothing can have happened. */
const NOT_CONNECTED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/**
 * What became of a call that got no answer, or none that can be read. Takes only the error's code along: messages hold
 * URLs, and those secrets.
 */
export function networkFailure(method: string, error: unknown): OutletError {
  const { code, type, name } = error as { code?: unknown; type?: unknown; name?: unknown };
  // an aborted one has a number for its code
  const what = [code, type, name].find((told) => typeof told === 'string') ?? 'failed';
  return new OutletError(
    `${method}: ${what}`,
    NOT_CONNECTED.includes(what) ? { kind: 'later', afterMs: PAUSE_MS } : { kind: 'unsure' },
  );
}
