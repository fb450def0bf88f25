import type { Genre } from '../core/genre.ts';
import type { PlaylistSource } from '../core/ports.ts';
import type { Playlist, Region } from '../core/types.ts';

/** YouTube playlist ids, chosen by hand. */
const PLAYLISTS: Record<Genre, Record<Region, string>> = {
  classical: {
    global: 'RDCLAK5uy_mv1P2oVguxLCIDXavV-jcDG1lQyukfSpo',
    khaleeji: 'PL5B2S7bvHBUagCKY3JC0A-Ww8i4ftZdfz',
  },
  electronic: {
    global: 'RDCLAK5uy_nIQ-vZjrOsAAHK2SNZZO7mJ0e1yak6baE',
    khaleeji: 'RDCLAK5uy_l23ciejFJWrpUgto4eqmxNLanDwVsbMOI',
  },
  jazz: {
    global: 'RDCLAK5uy_l3Iir9QZmCUPLjUqyR9PmYIKkkY7YEJZA',
    khaleeji: 'RDCLAK5uy_l1IZ_kCryTVQ63XSwf9kQKSyUlJmWD3HA',
  },
  pop: {
    global: 'RDCLAK5uy_lb6CVU6S4uVugLVNTU9WhqfaomWAgnho4',
    khaleeji: 'RDCLAK5uy_ncf7GgjSEDa0f_EiMC2D0px8NZ5RfPuz0',
  },
  rock: {
    global: 'RDCLAK5uy_lvHI2Z7dSfpD5g8wvmePjWPfYwq5IgkLo',
    khaleeji: 'RDCLAK5uy_mfmwWZkgEnBqMcEbBFjmTdIKsuBvW0G5c',
  },
};

/** Links only: they work with no key and no network. */
export function createCuratedPlaylists(): PlaylistSource {
  const playlist = (genre: Genre, region: Region): Playlist => ({
    genre,
    region,
    url: `https://www.youtube.com/playlist?list=${PLAYLISTS[genre][region]}`,
    tracks: [],
  });
  return {
    async playlists(genre) {
      return { global: playlist(genre, 'global'), khaleeji: playlist(genre, 'khaleeji') };
    },
  };
}
