import type { Playlists, Region } from '../../src/core/playlist.ts';
import type { Answer } from '../../src/core/present-answer.ts';

const playlist = <R extends Region>(region: R) => ({
  genre: 'jazz' as const,
  region,
  url: `https://www.youtube.com/playlist?list=${region}`,
  youtubeMusic: `https://music.youtube.com/playlist?list=${region}`,
  spotify: `https://open.spotify.com/search/jazz%20${region}/playlists`,
});
const playlists: Playlists = { global: playlist('global'), khaleeji: playlist('khaleeji') };

/** A whole answer, clearly jazz, with a heatmap and no photo, unless told. */
export function makeAnswer(given: Partial<Answer> = {}): Answer {
  return {
    genre: 'jazz',
    ranking: ['jazz', 'classical', 'pop', 'electronic', 'rock'],
    blend: null,
    scores: { classical: 0.1, electronic: 0.05, jazz: 0.7, pop: 0.1, rock: 0.05 },
    notes: [],
    album: null,
    explanation: { state: 'ready', value: { photo: 'P', heatmap: 'H', altText: 'A', source: 'local' } },
    playlists: { state: 'ready', value: playlists },
    image: { fileName: 'jazz-a.jpg', content: { kind: 'jpeg', jpeg: Uint8Array.of(1) } },
    photo: null,
    spoiler: false,
    resultId: 'b-_4567890123456',
    offersTracks: false,
    view: 'result',
    vote: null,
    asks: null,
    ...given,
  };
}
