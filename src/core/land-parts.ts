import type { Explainer, ExplainRequest, PlaylistSource } from './ports.ts';
import type { Eventually, Reading } from './types.ts';

export interface LandPartsDependencies {
  readonly explainer: Explainer;
  readonly playlistSource: PlaylistSource;
}

/** The parts of an answer that no pixel is needed for. */
export type Parts = Pick<Reading, 'explanation' | 'playlists'>;

const PENDING = { state: 'pending' } as const;

/**
 * Yields the parts, all pending, then a snapshot each time the words or the playlists (always the most probable genre's)
 * land, in whichever order they come. A service that fails costs its own part only. Throws the signal's reason at any time.
 */
export async function* landParts(
  request: ExplainRequest,
  { explainer, playlistSource }: LandPartsDependencies,
  signal: AbortSignal,
): AsyncGenerator<Parts, void> {
  let landedParts: Parts = { explanation: PENDING, playlists: PENDING };
  const parts = new Map([
    landing('explanation', () => explainer.explain(request, signal)),
    landing('playlists', () => playlistSource.playlists(request.ranking[0] ?? request.genre, signal)),
  ]);
  yield landedParts; // they are being made while what there is is shown
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => {}); // nobody may be waiting any more
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    while (parts.size > 0) {
      const landed = await Promise.race([aborted, ...parts.values()]);
      for (const name of Object.keys(landed)) parts.delete(name);
      landedParts = { ...landedParts, ...landed };
      yield landedParts;
    }
  } finally {
    signal.removeEventListener('abort', abort); // a bot's signal outlives many readings
  }
}

/** A part of the reading by name, and the promise of it: it never rejects. */
function landing<T>(name: keyof Parts, make: () => Promise<T>): [string, Promise<Partial<Parts>>] {
  const wrap = (part: Eventually<T>) => ({ [name]: part }) as Partial<Parts>;
  const part = Promise.resolve()
    .then(make)
    .then(
      (value) => wrap({ state: 'ready', value }),
      (error: unknown) => wrap({ state: 'unavailable', reason: String(error) }),
    );
  return [name, part];
}
