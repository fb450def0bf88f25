import { describe, expect, it } from 'vitest';
import type { Genre } from '../../src/core/genre.ts';
import { REGIONS, type Region } from '../../src/core/types.ts';
import { createCuratedPlaylists } from '../../src/services/curated-playlists.ts';

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

describe('createCuratedPlaylists', () => {
  it.each(Object.entries(IDS) as [Genre, Record<Region, string>][])(
    'has the two lists of %s',
    async (genre, ids) => {
      const lists = await createCuratedPlaylists().playlists(genre, new AbortController().signal);
      for (const region of REGIONS) {
        const url = `https://www.youtube.com/playlist?list=${ids[region]}`;
        expect(lists[region]).toEqual({ genre, region, url, tracks: [] });
      }
    },
  );
});
