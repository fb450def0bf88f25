import { Locale } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { GENRES } from '../../../src/core/genre.ts';
import { LANGUAGE_CODES, type Language } from '../../../src/core/types.ts';
import { LANGUAGES } from '../../../src/languages/languages.ts';
import { discordCommands } from '../../../src/platforms/discord/commands.ts';
import { startFakeDiscord } from '../../support/discord/fake-discord.ts';

/** Without translations, which are the same for all. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(kept.map(([key, inner]) => [key, bare(inner)]));
}

interface Texts {
  readonly name?: string;
  readonly description?: string;
  readonly name_localizations?: Record<string, string>;
  readonly description_localizations?: Record<string, string>;
}

/** Whatever has a name, at any depth. */
function named(value: unknown): Texts[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(named);
  return 'name' in value ? [value as Texts, ...inner] : inner;
}

const genres = GENRES.map((genre) => ({ name: genre, value: genre }));
const everywhere = { integration_types: [0, 1], contexts: [0, 1, 2] };

describe('discordCommands', () => {
  it('offers these commands', () => {
    const { menu, slash } = LANGUAGES.en.chat;
    expect(bare(discordCommands('en'))).toEqual([
      {
        ...{ type: 1, name: 'vibe', description: slash.vibe, ...everywhere },
        options: [
          {
            ...{ type: 11, name: 'image', description: slash.image },
            ...{ required: true, file_types: ['image', '.heic', '.heif'] },
          },
          { type: 3, name: 'genre', description: slash.why, choices: genres },
          { type: 5, name: 'private', description: slash.private },
        ],
      },
      {
        ...{ type: 1, name: 'playlist', description: menu.playlist, ...everywhere },
        options: [
          { type: 3, name: 'genre', description: slash.genre, choices: genres },
          {
            ...{ type: 3, name: 'region', description: slash.region },
            choices: [
              { name: 'Global', value: 'global' },
              { name: 'Khaleeji', value: 'khaleeji' },
            ],
          },
        ],
      },
      {
        ...{ type: 1, name: 'stats', description: menu.stats, ...everywhere },
        options: [{ type: 5, name: 'private', description: slash.private }],
      },
      {
        ...{ type: 1, name: 'language', description: menu.language, ...everywhere },
        options: [
          {
            ...{ type: 3, name: 'language', description: slash.language },
            choices: [
              { name: 'English', value: 'en' },
              { name: 'العربية', value: 'ar' },
            ],
          },
        ],
      },
      ...(['privacy', 'export', 'forget', 'about', 'help'] as const).map((name) => ({
        ...{ type: 1, name, description: menu[name], options: [], ...everywhere },
      })),
      { type: 3, name: 'Get the vibe', ...everywhere },
    ]);
  });

  it('describes in the default language, and keeps the names by which an answer is known', () => {
    const [en, ar] = [discordCommands('en'), discordCommands('ar')];
    expect(ar.map(({ name }) => name)).toEqual(en.map(({ name }) => name));
    const { menu, slash } = LANGUAGES.ar.chat;
    expect(bare(ar)).toMatchObject([
      {
        description: slash.vibe,
        options: [
          { name: 'image', description: slash.image },
          { name: 'genre', choices: GENRES.map((value) => ({ name: LANGUAGES.ar.genres[value], value })) },
          { name: 'private' },
        ],
      },
      { description: menu.playlist },
      ...(['stats', 'language', 'privacy', 'export', 'forget', 'about', 'help'] as const).map((name) => ({
        description: menu[name],
      })),
      { name: 'Get the vibe' },
    ]);
  });

  it('is translated for each of Discord’s languages that is one of ours', () => {
    const isOurs = (locale: string) => LANGUAGE_CODES.some((code) => locale.split('-')[0] === code);
    const locales = Object.values(Locale).filter(isOurs).sort();
    expect(locales).toEqual(['en-GB', 'en-US']);
    const texts = named(discordCommands('ar')).filter(({ name }) => name !== 'English' && name !== 'العربية');
    expect(texts).toHaveLength(10 + 7 + 12);
    for (const { description, name_localizations: names, description_localizations: lines } of texts) {
      expect(Object.keys(names ?? {}).sort()).toEqual(locales);
      for (const name of Object.values(names ?? {})) expect(name).toMatch(/^[A-Za-z ]+$/);
      if (description === undefined) continue;
      expect(description).toMatch(/[\u0600-\u06FF]/);
      expect(Object.keys(lines ?? {}).sort()).toEqual(locales);
      for (const line of Object.values(lines ?? {})) expect(line).toMatch(/^[A-Za-z ,:;’?-]+$/);
    }
  });

  it.each(LANGUAGE_CODES)('is what Discord takes, described in %s', async (language: Language) => {
    await using fake = await startFakeDiscord();
    const answer = await fetch(`${fake.apiUrl}/v10/applications/${fake.bot.id}/commands`, {
      method: 'PUT',
      headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(discordCommands(language)),
    });
    expect(fake.violations).toEqual([]);
    expect(answer.status).toBe(200);
    expect(fake.commands().map(({ given }) => given)).toEqual(discordCommands(language));
  });
});
