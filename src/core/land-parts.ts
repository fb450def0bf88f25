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
 * land, in whichever order they come; what lands together comes in one. A service that fails costs its own part only.
 * Throws the signal's reason at any time.
 */
export async function* landParts(
  request: ExplainRequest,
  { explainer, playlistSource }: LandPartsDependencies,
  signal: AbortSignal,
): AsyncGenerator<Parts, void> {
  let parts: Parts = { explanation: PENDING, playlists: PENDING };
  let something = Promise.withResolvers<void>();
  const land = (landed: Partial<Parts>) => {
    parts = { ...parts, ...landed };
    something.resolve();
  };
  const topGenre = request.ranking[0] ?? request.genre;
  outcomeOf(() => explainer.explain(request, signal)).then((explanation) => land({ explanation }));
  outcomeOf(() => playlistSource.playlists(topGenre, signal)).then((playlists) => land({ playlists }));
  yield parts; // the others are being made while it is shown
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => {}); // nobody may be waiting any more
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    let shown: Parts | null = null;
    while (shown === null || Object.values(shown).includes(PENDING)) {
      await Promise.race([aborted, something.promise]);
      something = Promise.withResolvers<void>();
      shown = parts;
      yield shown;
    }
  } finally {
    signal.removeEventListener('abort', abort); // a bot's signal outlives many readings
  }
}

/** Never rejects. */
async function outcomeOf<T>(make: () => Promise<T>): Promise<Eventually<T>> {
  try {
    return { state: 'ready', value: await make() };
  } catch (error) {
    return { state: 'unavailable', reason: String(error) };
  }
}
