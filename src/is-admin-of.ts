import type { AdminConfig } from './config.ts';
import { isAlone, type Request } from './core/request.ts';

/** Whether a request comes from whoever runs the bot: on Telegram from the chat that is set, on Discord from the person, alone. */
export function isAdminOf({ telegramChatId, discordUserId }: AdminConfig): (request: Request) => boolean {
  return (request) =>
    request.platform === 'telegram'
      ? telegramChatId !== null && request.chat.id === telegramChatId
      : discordUserId !== null && request.asker.id === discordUserId && isAlone(request);
}
