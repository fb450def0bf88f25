import { describe, expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import { refuse } from '../../src/core/request.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import {
  buttonsOf,
  lastCard,
  linksOf,
  makeCommandBench,
  rowsOfLinks,
  textsOf,
} from '../support/command-bench.ts';
import { GROUP, makeRequest } from '../support/make-request.ts';
import { noArchive } from '../support/no-keeping.ts';

const inGroup = { request: makeRequest({ command: 'about' }, { chat: GROUP }) };

describe('/help', () => {
  const CALL = { command: 'help', asked: true } as const;

  it.each([
    ['en', 'telegram'],
    ['en', 'discord'],
    ['ar', 'telegram'],
    ['ar', 'discord'],
  ] as const)('says in three lines what to do there, with an example: %s, %s', async (language, platform) => {
    const { run } = makeCommandBench();
    const card = lastCard(await run(CALL, { language, request: makeRequest(CALL, { platform }) }));
    const { title, lines, inGroups, example } = LANGUAGES[language].chat.help;
    expect(card.title).toBe(title);
    expect(textsOf(card)).toEqual([...lines, inGroups[platform], example]);
    expect(lines).toHaveLength(2);
    expect(card.buttons).toEqual([]);
  });
});

describe('/about', () => {
  it.each([
    ['en', 'off'],
    ['en', 'ask'],
    ['ar', 'keep'],
  ] as const)('says what it is, which model, and what is kept: %s, %s', async (language, usual) => {
    const { run } = makeCommandBench({ archive: { ...noArchive, usual } });
    const texts = textsOf(lastCard(await run({ command: 'about' }, { language })));
    expect(texts).toHaveLength(3);
    expect(texts[1]).toMatch(/m1.*resnet.*62%/);
    const { chat, privacy } = LANGUAGES[language];
    expect(texts[2]).toBe(`${privacy.inShort[usual]} ${chat.about.privacy}`);
  });
});

describe('/playlist', () => {
  const ask = (...words: string[]) => makeCommandBench().run({ command: 'playlist', words });

  it.each([
    [['jazz'], ['Jazz · Global', 'Jazz · Khaleeji']],
    [['jazz', 'global'], ['Jazz · Global']],
    [['khaleeji', 'ROCK'], ['Rock · Khaleeji']],
    [['الإلكترونية'], ['Electronic · Global', 'Electronic · Khaleeji']],
    [['روك', 'خليجي'], ['Rock · Khaleeji']],
    [
      ['some', 'pop', 'please'],
      ['Pop · Global', 'Pop · Khaleeji'],
    ],
  ])('gives the lists of a genre, and of a region, in either language: %j', async (words, links) => {
    const card = lastCard(await ask(...words));
    expect(linksOf(card)).toEqual(links);
    expect(rowsOfLinks(card)[1]).toEqual(['YouTube Music', 'Spotify']);
  });

  it('offers the other genres, of the same region', async () => {
    const card = lastCard(await ask('jazz', 'global'));
    expect(buttonsOf(card).flat()).toEqual(
      GENRES.filter((genre) => genre !== 'jazz').map((genre) => `playlist ${genre}`),
    );
    expect(card.buttons.flat()[0]).toMatchObject({ action: { region: 'global' } });
    expect(card.accent).toBe('jazz');
  });

  it('asks which genre, where none was said, and keeps the region', async () => {
    const card = lastCard(await ask('gulf'));
    expect(textsOf(card)).toEqual(['Which genre?']);
    expect(buttonsOf(card).flat()).toHaveLength(5);
    expect(card.buttons.flat()[0]).toMatchObject({ action: { region: 'khaleeji' } });
    expect(textsOf(lastCard(await ask()))).toEqual(['Which genre?']);
  });

  it('names the word that it does not know', async () => {
    const card = lastCard(await ask('global', 'polka', 'waltz'));
    expect(textsOf(card)[0]).toContain('“polka”');
    expect(buttonsOf(card).flat()).toHaveLength(5);
  });
});

describe('/language', () => {
  const call = (...words: string[]) => ({ command: 'language', words }) as const;

  it('asks, in a private chat about the person only', async () => {
    const { run } = makeCommandBench({ mayManage: async () => Promise.reject(new Error('not asked')) });
    const card = lastCard(await run(call()));
    expect(textsOf(card)).toEqual([LANGUAGES.en.chat.language.ask]);
    expect(card.buttons).toMatchObject([
      [
        { label: 'English', action: { kind: 'language', language: 'en', forChat: false } },
        { label: 'العربية', action: { kind: 'language', language: 'ar', forChat: false } },
      ],
    ]);
  });

  it('takes the language by its name, and answers in it', async () => {
    const { run, store } = makeCommandBench();
    const card = lastCard(await run(call('عربي')));
    expect(card.language).toBe('ar');
    expect(textsOf(card)).toEqual([LANGUAGES.ar.chat.language.done]);
    expect(await store.language('telegram:user:1001')).toBe('ar');
  });

  it('lets who manages a group choose for the group, and nobody else', async () => {
    const manager = makeCommandBench({ mayManage: async () => true });
    const card = lastCard(await manager.run(call(), inGroup));
    expect(textsOf(card)).toEqual([LANGUAGES.en.chat.language.ask, LANGUAGES.en.chat.language.askChat]);
    expect(card.buttons[1]).toMatchObject([
      { label: 'English for the group', action: { language: 'en', forChat: true } },
      { action: { language: 'ar', forChat: true } },
    ]);
    const other = lastCard(await makeCommandBench().run(call(), inGroup));
    expect(other.buttons).toHaveLength(1);
  });

  it('sets by its name the person’s own language, in a group, too', async () => {
    const { run, store } = makeCommandBench({ mayManage: async () => true });
    await run(call('Arabic'), inGroup);
    expect(await store.language('telegram:user:1001')).toBe('ar');
    expect(await store.language('telegram:chat:-5')).toBeNull();
  });

  it('names the language that it does not speak, and changes nothing', async () => {
    const { run, store } = makeCommandBench();
    const card = lastCard(await run(call('Klingon')));
    expect(textsOf(card)[0]).toContain('“Klingon”');
    expect(card.buttons).toHaveLength(1);
    expect(await store.language('telegram:user:1001')).toBeNull();
  });
});

describe('what was turned down before any work', () => {
  it('throws what the person is told', async () => {
    const { run } = makeCommandBench();
    const call = refuse('too-large-here', { maxMegabytes: 20 });
    await expect(run(call)).rejects.toMatchObject({ code: 'too-large-here', values: { maxMegabytes: 20 } });
  });
});
