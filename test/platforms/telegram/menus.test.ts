import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/languages/languages.ts';
import { MENU_COMMANDS } from '../../../src/languages/menu-commands.ts';
import { openTelegramPlatform } from '../../support/telegram-open-platform.ts';

describe('menus and descriptions', () => {
  it('are set for both languages, for private chats and for groups', async () => {
    const { fake, start } = await openTelegramPlatform({ defaultLanguage: 'ar' });
    await start();
    await fake.waitUntil(
      () => fake.callsOf('setMyShortDescription').filter(({ status }) => status === 200).length === 3,
    );
    for (const [code, language] of [
      ['', 'ar'],
      ['en', 'en'],
      ['ar', 'ar'],
    ] as const) {
      const { menu, description, shortDescription } = LANGUAGES[language].chat;
      const there = code ? { language_code: code } : {};
      for (const type of ['all_private_chats', 'all_group_chats']) {
        expect(fake.setting('commands', { scope: { type }, ...there })).toEqual(
          MENU_COMMANDS.map((command) => ({ command, description: menu[command] })),
        );
      }
      expect(fake.setting('description', there)).toBe(description);
      expect(fake.setting('short_description', there)).toBe(shortDescription);
    }
    expect(fake.violations).toEqual([]);
  });

  it('that cannot be set keep nobody from asking', async () => {
    const { fake, platform, start, log, received } = await openTelegramPlatform();
    fake.fail({ method: 'setMyCommands', kind: 'refuse', code: 400, description: 'Bad Request: no' });
    await start();
    fake.sendPhoto(Buffer.from('any bytes'), { from: fake.user() });
    await fake.waitUntil(() => received.length === 1);
    expect(await log.written('menus')).toMatchObject({ level: 'warn' });
    expect(platform.health().ok).toBe(true);
  });
});
