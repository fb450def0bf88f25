import type { Log, Telemetry } from '../core/chat-ports.ts';
import type { Genre } from '../core/genre.ts';
import type { Region } from '../core/playlist.ts';
import type { PlaylistMap } from './playlist-map.ts';
import type { DeadIds } from './sqlite-youtube-dead.ts';

/** A playlist that is no more, and where it is missed. */
export interface DeadPlaylist {
  readonly genre: Genre;
  readonly region: Region;
  /** Its id. */
  readonly list: string;
  /** It was itself to take the place of one that is no more: nothing is left for this music. */
  readonly backup: boolean;
}

/** What to do about it is a person's to decide. When it rejects, that is logged, and it is tried again in an hour. */
export type TellAdmin = (dead: readonly DeadPlaylist[]) => Promise<void>;

export interface DeadLists {
  isDead(list: string): boolean;
  /** What asking for it has shown. */
  found(list: string, isDead: boolean): void;
  /** Tells the admin of those that were found dead since the last time. Never rejects. */
  tell(): Promise<void>;
}

export interface DeadListsOptions {
  readonly ids: DeadIds;
  readonly map: PlaylistMap;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly tellAdmin: TellAdmin;
}

export function createDeadLists({ ids, map, telemetry, log, tellAdmin }: DeadListsOptions): DeadLists {
  const missed = () => missedOf(map, ids);
  const showLevel = () =>
    telemetry.level({ name: 'dead_playlists', value: new Set(missed().map(({ list }) => list)).size });
  return {
    isDead: (list) => ids.has(list),
    found(list, isDead) {
      if (!ids.set(list, isDead)) return;
      if (isDead) log.error('a playlist is no more', { list });
      else log.info('a playlist is back', { list });
      showLevel();
    },
    async tell() {
      showLevel(); // the map may be another
      const news = missed().filter(({ list }) => !ids.isTold(list));
      if (news.length === 0) return;
      try {
        await tellAdmin(news);
        ids.setTold(news.map(({ list }) => list));
      } catch (error) {
        log.error('the admin could not be told of playlists that are no more', { error });
      }
    },
  };
}

function missedOf(map: PlaylistMap, ids: DeadIds): DeadPlaylist[] {
  return map.entries().flatMap(({ genre, region, list, backup }) => {
    if (!ids.has(list)) return [];
    const lost = [{ genre, region, list, backup: false }];
    return ids.has(backup) ? [...lost, { genre, region, list: backup, backup: true }] : lost;
  });
}
