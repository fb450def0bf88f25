import type { Sleep } from '../../src/core/chat-ports.ts';
import { createCuratedPlaylists } from '../../src/services/curated-playlists.ts';
import { HOUR_MS, type OpenYoutubeOptions, openYoutubeTracks } from './youtube-tracks.ts';

/** Pauses of less than an hour pass at once; longer ones are the end of a round, and pass when the test says so. */
function stepRounds() {
  let atEnd = Promise.withResolvers<void>();
  let goOn = Promise.withResolvers<void>();
  const sleep: Sleep = async (ms, signal) => {
    signal.throwIfAborted();
    if (ms < HOUR_MS) return;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => reject(signal.reason));
    atEnd.resolve();
    await Promise.race([goOn.promise, aborted]);
  };
  return {
    sleep,
    /** The first round is over. */
    first: () => atEnd.promise,
    /** Another one begins, and is over. */
    async next() {
      atEnd = Promise.withResolvers();
      goOn.resolve();
      goOn = Promise.withResolvers();
      await atEnd.promise;
    },
  };
}

/** The tracks, whose daily checks go on round by round, and the links of jazz. */
export async function openRounds(given: OpenYoutubeOptions = {}) {
  const rounds = stepRounds();
  const opened = await openYoutubeTracks({ sleep: rounds.sleep, ...given });
  const { youtube, map } = opened;
  const links = createCuratedPlaylists({ map, isDead: youtube.isDead });
  const link = async () => (await links.playlists('jazz', new AbortController().signal)).global;
  const dies = (list: string) => opened.fake.lists.delete(list);
  return { ...opened, rounds, link, dies };
}
