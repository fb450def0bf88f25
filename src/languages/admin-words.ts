import type { Genre } from '../core/genre.ts';
import type { Region } from '../core/playlist.ts';

/** What whoever runs the bot is told in a chat. */
export interface AdminWords {
  readonly title: string;
  /** `list` is its id on YouTube. */
  deadPlaylist(genre: Genre, region: Region, list: string): string;
  /** The list that was to take a dead one's place is dead, too. */
  deadBackup(genre: Genre, region: Region, list: string): string;
  /** What to do about it. */
  readonly mendPlaylists: string;
}
