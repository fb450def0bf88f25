import { describe, expect, it } from 'vitest';
import type { Genre } from '../../src/core/genre.ts';
import { REGIONS, type Region } from '../../src/core/playlist.ts';
import { createCuratedPlaylists } from '../../src/services/curated-playlists.ts';
import { createPlaylistMap } from '../../src/services/playlist-map.ts';
import { recordLog } from '../support/record-telemetry.ts';

const IDS: Record<Genre, Record<Region, string>> = {
  classical: {
    global: 'RDCLAK5uy_mv1P2oVguxLCIDXavV-jcDG1lQyukfSpo',
    khaleeji: 'PL5B2S7bvHBUagCKY3JC0A-Ww8i4ftZdfz',
  },
  pop: {
    global: 'RDCLAK5uy_lb6CVU6S4uVugLVNTU9WhqfaomWAgnho4',
    khaleeji: 'RDCLAK5uy_ncf7GgjSEDa0f_EiMC2D0px8NZ5RfPuz0',
  },
  electronic: {
    global: 'RDCLAK5uy_nIQ-vZjrOsAAHK2SNZZO7mJ0e1yak6baE',
    khaleeji: 'RDCLAK5uy_l23ciejFJWrpUgto4eqmxNLanDwVsbMOI',
  },
  jazz: {
    global: 'RDCLAK5uy_l3Iir9QZmCUPLjUqyR9PmYIKkkY7YEJZA',
    khaleeji: 'RDCLAK5uy_l1IZ_kCryTVQ63XSwf9kQKSyUlJmWD3HA',
  },
  rock: {
    global: 'RDCLAK5uy_lvHI2Z7dSfpD5g8wvmePjWPfYwq5IgkLo',
    khaleeji: 'RDCLAK5uy_mfmwWZkgEnBqMcEbBFjmTdIKsuBvW0G5c',
  },
};
const SPOTIFY: Record<Region, string> = { global: '', khaleeji: 'khaleeji%20' };
const signal = new AbortController().signal;
const map = createPlaylistMap({ file: null, log: recordLog().log });

describe('createCuratedPlaylists', () => {
  it.each(Object.entries(IDS) as [Genre, Record<Region, string>][])(
    'has the two lists of %s',
    async (genre, ids) => {
      const lists = await createCuratedPlaylists({ map, isDead: () => false }).playlists(genre, signal);
      for (const region of REGIONS) {
        expect(lists[region]).toEqual({
          genre,
          region,
          url: `https://www.youtube.com/playlist?list=${ids[region]}`,
          youtubeMusic: `https://music.youtube.com/playlist?list=${ids[region]}`,
          spotify: `https://open.spotify.com/search/${SPOTIFY[region]}${genre}/playlists`,
        });
      }
    },
  );

  it('takes the backup of a dead list, unless that is dead, too', async () => {
    const { list, backup } = map.lists('rock', 'global');
    const dead = new Set([list]);
    const source = createCuratedPlaylists({ map, isDead: (id) => dead.has(id) });
    const url = async () => (await source.playlists('rock', signal)).global.url;
    expect(await url()).toBe(`https://www.youtube.com/playlist?list=${backup}`);
    dead.add(backup);
    expect(await url()).toBe(`https://www.youtube.com/playlist?list=${list}`);
  });
});
