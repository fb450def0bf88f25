import { createHash } from 'node:crypto';
import { GENRES, type Genre } from '../../../src/core/genre.ts';
import { REGIONS } from '../../../src/core/playlist.ts';
import { parsePlaylists, readPlaylistFile } from '../../../src/services/playlist-file.ts';
import type { FakeList, FakeVideo } from './youtube-types.ts';

const WORDS: Readonly<Record<Genre, readonly string[]>> = {
  classical: ['Nocturne', 'Adagio', 'Sonata', 'Waltz', 'Prelude', 'Étude'],
  electronic: ['Pulse', 'Voltage', 'Drift', 'Neon', 'Signal', 'Circuit'],
  jazz: ['Blue Note', 'Late Set', 'Swing', 'Round Corner', 'Brushes', 'Smoke'],
  pop: ['Summer', 'Mirrors', 'Hold On', 'Golden', 'Tonight', 'Radio'],
  rock: ['Thunder', 'Highway', 'Overdrive', 'Rust', 'Anthem', 'Riot'],
};
const ARTISTS = ['The Lanterns', 'Noura Al-Sahel', 'Velvet & Vine', 'Omar "Qanun" Saleh', 'Marble Coast'];
export const TRACKS_OF_A_LIST = 60;

/** The lists of the program's own map and their backups, each of 60 tracks and of what has to be left out. */
export function defaultLists(): FakeList[] {
  const ids = parsePlaylists(readPlaylistFile(null), null);
  const lists = GENRES.flatMap((genre) =>
    REGIONS.flatMap((region) => {
      const { list, backup } = ids[genre][region];
      return [makeList(list, genre), makeList(backup, genre)];
    }),
  );
  return [...new Map(lists.map((list) => [list.id, list])).values()];
}

/** A list of so many tracks that everybody can play, among them a deleted, a private and blocked ones. */
function makeList(id: string, genre: Genre = 'pop', tracks = TRACKS_OF_A_LIST): FakeList {
  const videos = Array.from({ length: tracks }, (_, index) => makeVideo(`${id}/${index}`, genre, index));
  const unseen = (name: string, given: Partial<FakeVideo>): FakeVideo => ({
    ...makeVideo(`${id}/${name}`, genre, 0),
    title: `${name} one`,
    ...given,
  });
  videos.splice(
    1,
    0,
    unseen('deleted', { state: 'deleted' }),
    unseen('private', { state: 'private' }),
    unseen('blocked', { blocked: ['DE', 'KW'] }),
    unseen('american', { allowed: ['US', 'CA'] }),
    unseen('unprocessed', { state: 'uploaded' }),
  );
  return { id, videos, isPrivate: false };
}

export function makeVideo(name: string, genre: Genre, index: number): FakeVideo {
  const word = WORDS[genre][index % 6];
  return {
    id: createHash('sha256').update(name).digest('base64url').slice(0, 11),
    title: `${word} & "Light" No. ${index + 1} (Official Audio)`,
    channel: `${ARTISTS[index % ARTISTS.length]} - Topic`,
    seconds: 150 + ((index * 37) % 200),
    state: 'public',
  };
}
