import type { Scores } from '../../src/core/genre.ts';
import type { Region } from '../../src/core/playlist.ts';
import type {
  Explainer,
  ImageSource,
  MeasuredTile,
  PhotoReader,
  PlaylistSource,
  TrackSource,
} from '../../src/core/ports.ts';
import type { Plain } from '../../src/core/request.ts';
import type { Drawing, HeatMap, Raster } from '../../src/core/types.ts';
import { UserError } from '../../src/core/user-error.ts';
import { makeLook } from './make-look.ts';

/** Clearly jazz. */
export const JAZZ: Partial<Scores> = { jazz: 0.7, rock: 0.2, pop: 0.1 };

/** A picture's name is its bytes; those that begin with 'gone' cannot be had. */
export const imageSource: ImageSource<Plain> = {
  async fetch(reference) {
    if (`${reference}`.startsWith('gone')) throw new UserError('picture-gone', {});
    return new TextEncoder().encode(`${reference}`);
  },
};

/** Says which genre and which language it was asked for. */
export const explainer: Explainer = {
  wantsPreviews: false,
  explain: async ({ genre, language }) => ({
    photo: `photo ${genre} ${language}`,
    heatmap: `heatmap ${genre} ${language}`,
    altText: `alt ${genre} ${language}`,
    source: 'local',
  }),
};

/** Says in its links which list it was asked for. */
export const playlistSource: PlaylistSource = {
  async playlists(genre) {
    const list = (region: Region) => ({
      genre,
      region,
      url: `https://youtube.example/${genre}/${region}`,
      youtubeMusic: `https://music.example/${genre}/${region}`,
      spotify: `https://spotify.example/${genre}/${region}`,
    });
    return { global: list('global'), khaleeji: list('khaleeji') };
  },
};

/** Three pages, whose songs say what they were asked for. */
export const trackSource: TrackSource = {
  available: true,
  async tracks(genre, region, { seed, page }) {
    const track = (at: number) => ({
      title: `${genre} ${region}, seed ${seed}, page ${page}, ${at}`,
      channel: `channel ${at}`,
      url: `https://www.youtube.com/watch?v=${genre}-${region}-${seed}-${page}-${at}`,
      thumbnail: null,
      seconds: 60 * at + 7,
    });
    return { tracks: [1, 2, 3, 4, 5].map(track), pages: 3 };
  },
};

/** As without a key. */
export const noTracks: TrackSource = { available: false, tracks: async () => null };

const TILE: Raster = { width: 1, height: 1, data: new Uint8Array(3) };

/** `scoresOf`: what it makes of a picture, by its name; it may throw. Its pictures hold the name of the map's genre, its photos what they show. */
export function makeReader(scoresOf: (name: string) => Partial<Scores> = () => JAZZ): PhotoReader {
  const nameOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const copyOf = (bytes: Uint8Array) => new TextEncoder().encode(`copy of ${nameOf(bytes)}`);
  const drawing = (text: string, withPreviews: boolean, photo: string | null = null): Drawing => {
    const { evidence } = makeLook(JAZZ);
    const jpegOf = (shows: string) => new TextEncoder().encode(shows);
    const heatmap = { jpeg: jpegOf(text), width: 40, height: 30 };
    const previews = { photo: jpegOf(`small photo of ${text}`), heatmap: jpegOf(`small ${text}`) };
    return {
      evidence,
      heatmap,
      photo: photo === null ? null : jpegOf(photo),
      previews: withPreviews ? previews : null,
    };
  };
  const genresOf = (pictures: readonly { readonly map: HeatMap }[]) =>
    pictures.map(({ map }) => map.genre).join(' ');
  return {
    look: async (bytes, { why, withPhoto, withPreviews, withCopy }) => {
      const look = makeLook(scoresOf(nameOf(bytes)), why);
      return {
        ...look,
        copy: withCopy ? copyOf(bytes) : null,
        ...drawing(`look ${look.genre}`, withPreviews, withPhoto ? `photo of ${nameOf(bytes)}` : null),
      };
    },
    async measure(bytes, withCopy): Promise<MeasuredTile> {
      const { sha256, notes, scores, maps, appearance } = makeLook(scoresOf(nameOf(bytes)));
      const copy = withCopy ? copyOf(bytes) : null;
      return { sha256, notes, scores, maps, appearance, copy, tile: TILE };
    },
    draw: async (bytes, { genre }, withPreviews) =>
      drawing(`draw ${genre} over ${nameOf(bytes)}`, withPreviews),
    drawStrip: async (pictures, measured, { withPhoto, withPreviews }) =>
      drawing(
        `strip ${genresOf(pictures)}, measured ${measured}`,
        withPreviews,
        withPhoto ? `strip of ${pictures.length}` : null,
      ),
    drawOverStrip: async (bytes, pictures, measured, withPreviews) => {
      const sizes = pictures.map(({ size: { width, height } }) => `${width}×${height}`).join(' ');
      return drawing(
        `strip ${genresOf(pictures)} over ${nameOf(bytes)}, ${sizes}, measured ${measured}`,
        withPreviews,
      );
    },
    encode: async ({ width, height }) => ({
      jpeg: new TextEncoder().encode(`drawn ${width}×${height}`),
      width,
      height,
    }),
    close: async () => {},
  };
}
