import { LANGUAGE_CODES, type Language } from '../../core/types.ts';
import { LANGUAGES } from '../../languages/languages.ts';
import { MENU_COMMANDS } from '../../languages/menu-commands.ts';
import type { TelegramCaller } from './telegram-caller.ts';

const SCOPES = ['all_private_chats', 'all_group_chats'];

/** The command menus and the bot's descriptions: in the default language for all, and in each of ours for its speakers. */
export async function setMenus(
  call: TelegramCaller,
  defaultLanguage: Language,
  signal: AbortSignal,
): Promise<void> {
  const options = { signal, repeatable: true };
  for (const language of [null, ...LANGUAGE_CODES]) {
    const { menu, description, shortDescription } = LANGUAGES[language ?? defaultLanguage].chat;
    const code = language ? { language_code: language } : {};
    const commands = MENU_COMMANDS.map((command) => ({ command, description: menu[command] }));
    for (const type of SCOPES) {
      await call('setMyCommands', { commands, scope: { type }, ...code }, options);
    }
    await call('setMyDescription', { description, ...code }, options);
    await call('setMyShortDescription', { short_description: shortDescription, ...code }, options);
  }
}
