import { describe, expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import { createCuratedPlaylists } from '../../src/services/curated-playlists.ts';

describe('createCuratedPlaylists', () => {
  it('has a list of its own for every genre and region', async () => {
    const source = createCuratedPlaylists();
    const { signal } = new AbortController();
    const lists = await Promise.all(GENRES.map((genre) => source.playlists(genre, signal)));
    const urls = lists.flatMap(({ global, khaleeji }) => [global.url, khaleeji.url]);
    expect(new Set(urls).size).toBe(10);
    for (const url of urls) expect(new URL(url).searchParams.get('list')).toMatch(/^(PL|RDCLAK)[\w-]{20,}$/);
    expect(lists[2]?.khaleeji).toMatchObject({ genre: 'jazz', region: 'khaleeji', tracks: [] });
  });
});
