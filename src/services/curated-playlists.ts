import type { Genre } from '../core/genre.ts';
import type { Playlist, Region } from '../core/playlist.ts';
import type { PlaylistSource } from '../core/ports.ts';
import type { PlaylistMap } from './playlist-map.ts';

export interface CuratedPlaylistsOptions {
  readonly map: PlaylistMap;
  /** Whether a list is known to be no more. */
  isDead(list: string): boolean;
}

/** Links only: they work with no key and no network. */
export function createCuratedPlaylists({ map, isDead }: CuratedPlaylistsOptions): PlaylistSource {
  const playlist = (genre: Genre, region: Region): Playlist => {
    const { list, backup } = map.lists(genre, region);
    const id = isDead(list) && !isDead(backup) ? backup : list;
    return {
      genre,
      region,
      url: `https://www.youtube.com/playlist?list=${id}`,
      youtubeMusic: `https://music.youtube.com/playlist?list=${id}`,
      spotify: spotifySearch(region === 'global' ? genre : `${region} ${genre}`),
    };
  };
  return {
    async playlists(genre) {
      return { global: playlist(genre, 'global'), khaleeji: playlist(genre, 'khaleeji') };
    },
  };
}

/** As Spotify's own web player has it in its address bar. */
function spotifySearch(words: string): string {
  return `https://open.spotify.com/search/${encodeURIComponent(words)}/playlists`;
}
