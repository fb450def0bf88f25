import type { AdminConfig } from './config.ts';
import type { Log } from './core/chat-ports.ts';
import { textCard } from './core/text-card.ts';
import type { Language } from './core/types.ts';
import { LANGUAGES } from './languages/languages.ts';
import type { Platforms } from './open-platforms.ts';
import type { DeadPlaylist, TellAdmin } from './services/youtube-dead-lists.ts';

export interface TellAdminOptions {
  readonly admin: AdminConfig;
  readonly platforms: Platforms;
  readonly language: Language;
  readonly log: Log;
}

const LIMIT_MS = 30_000;

/** Tells whoever runs the bot, in each chat that is set; what cannot be told there is logged. Rejects when nobody could be told. */
export function createTellAdmin({ admin, platforms, language, log }: TellAdminOptions): TellAdmin {
  const chats = [
    ['telegram', admin.telegramChatId],
    ['discord', admin.discordUserId],
  ] as const;
  const words = LANGUAGES[language].admin;
  const lineOf = ({ genre, region, list, backup }: DeadPlaylist) =>
    backup ? words.deadBackup(genre, region, list) : words.deadPlaylist(genre, region, list);
  return async (dead) => {
    const card = textCard(language, words.title, [...dead.map(lineOf), words.mendPlaylists]);
    const told = await Promise.all(
      chats.map(async ([name, recipient]) => {
        const platform = platforms[name];
        if (recipient === null || !platform) return null;
        try {
          await platform.tell(recipient, card, AbortSignal.timeout(LIMIT_MS));
          return true;
        } catch (error) {
          log.warn('the admin could not be told', { platform: name, reason: String(error) });
          return false;
        }
      }),
    );
    if (told.includes(false) && !told.includes(true)) throw new Error('no chat could be told');
  };
}
