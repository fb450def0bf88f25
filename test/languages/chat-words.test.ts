import { describe, expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import { LANGUAGE_CODES, type Language } from '../../src/core/types.ts';
import type { ChatWords } from '../../src/languages/language.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { MENU_COMMANDS } from '../../src/languages/menu-commands.ts';
import { SLASH_OPTIONS } from '../../src/languages/slash-words.ts';

const MAY = Date.UTC(2030, 4, 3);

/** What is said in passing to whoever pressed a button. */
function toasts({ thanks, thanksGenre, language }: ChatWords): string[] {
  return [thanks, ...GENRES.map(thanksGenre), language.done, language.doneChat];
}

function slashTexts({ slash: { names, ...lines } }: ChatWords): string[] {
  return [...Object.values(names), ...Object.values(lines)];
}

/** Every text that chats know, with example values filled in. */
function texts(code: Language): string[] {
  const { chat } = LANGUAGES[code];
  const { buttons, help, about, playlist, language, search } = chat;
  return [
    ...toasts(chat),
    ...GENRES.flatMap((genre) => [
      chat.album(3, 2, genre),
      chat.noPicture(genre, 'jazz'),
      search.result(genre, MAY),
    ]),
    ...[1, 2, 9].flatMap((count) => [chat.unread(count), chat.waiting(count)]),
    chat.askRight,
    ...[buttons.why, buttons.back, buttons.share, buttons.voted('👍')],
    ...[help.title, ...help.lines, help.example],
    ...[about.title, about.what, about.model('v1', 'resnet', 0.62), about.model('v1', 'resnet', 0)],
    ...[about.privacyHeading, about.privacy],
    ...[playlist.ask, playlist.unknown('polka')],
    ...[language.title, language.ask, language.askChat, language.forChat('English'), language.unknown('fr')],
    ...[search.playlists, search.hint, search.nothing],
    ...Object.values(chat.menu),
    ...slashTexts(chat),
    ...[chat.description, chat.shortDescription],
  ];
}

describe.each(LANGUAGE_CODES)('the chat’s words in %s', (code) => {
  const { chat } = LANGUAGES[code];

  it('are there, in one line each, without markup', () => {
    for (const text of texts(code)) {
      expect(text).not.toBe('');
      expect(text.trim()).toBe(text);
      expect(text).not.toMatch(/[\n<>&*_`[\]]|undefined|null|NaN/);
    }
  });

  it('keep within the limits of where they stand', () => {
    for (const text of toasts(chat)) expect(text.length).toBeLessThanOrEqual(200);
    expect(Object.keys(chat.menu)).toEqual([...MENU_COMMANDS]);
    for (const line of Object.values(chat.menu)) expect(line.length).toBeLessThanOrEqual(60);
    expect(chat.description.length).toBeLessThanOrEqual(512);
    expect(chat.shortDescription.length).toBeLessThanOrEqual(120);
    const { names, message, ...lines } = chat.slash;
    expect(message.length).toBeLessThanOrEqual(32);
    for (const line of Object.values(lines)) expect(line.length).toBeLessThanOrEqual(100);
    for (const name of Object.values(names)) expect(name).toMatch(/^[-_'\p{L}\p{N}]{1,32}$/u);
    for (const name of Object.values(names)) expect(name.toLowerCase()).toBe(name);
    for (const label of Object.values(chat.buttons)) {
      expect((typeof label === 'string' ? label : label('👍')).length).toBeLessThanOrEqual(20);
    }
  });

  it('name no two commands and no two options alike', () => {
    const { names } = chat.slash;
    expect(new Set(MENU_COMMANDS.map((command) => names[command])).size).toBe(MENU_COMMANDS.length);
    expect(new Set(SLASH_OPTIONS.map((option) => names[option])).size).toBe(SLASH_OPTIONS.length);
  });

  it('hold the values', () => {
    expect(chat.album(4, 3, 'rock')).toMatch(/4.*3/s);
    expect(chat.unread(5)).toContain('5');
    expect(chat.unread(1)).not.toBe(chat.unread(2).replace('2', '1'));
    expect(chat.waiting(7)).toContain('7');
    expect(chat.playlist.unknown('polka')).toContain('polka');
    expect(chat.language.unknown('fr')).toContain('fr');
    expect(chat.language.forChat('English')).toContain('English');
    expect(chat.about.model('v9', 'resnet', 0.62)).toMatch(/v9.*resnet.*62%/s);
    expect(chat.search.result('jazz', MAY)).toMatch(/3/);
    expect(new Set(GENRES.map((genre) => chat.noPicture(genre, 'jazz'))).size).toBe(GENRES.length);
  });
});

describe('English in chats', () => {
  it('calls commands and their options as they are known by', () => {
    for (const [known, name] of Object.entries(LANGUAGES.en.chat.slash.names)) expect(name).toBe(known);
  });
});

describe('Arabic in chats', () => {
  it('is in Arabic letters, with Latin ones and numbers only inside isolates', () => {
    for (const text of texts('ar')) {
      const bare = text.replace(/\u2068[^\u2068\u2069]*\u2069/g, '');
      expect(bare).not.toMatch(/[A-Za-z0-9%\u2068\u2069]/);
      expect(bare).toMatch(/[\u0600-\u06FF👍]/u);
    }
  });

  it('uses Western digits throughout, as percentages do', () => {
    for (const text of texts('ar')) expect(text).not.toMatch(/[\u0660-\u0669\u066A]/);
  });
});
