import { describe, expect, it } from 'vitest';
import { fixture } from './support/discord-program.ts';
import { OpenaiRefusal } from './support/openai/openai-refusal.ts';
import { openOutsideScene } from './support/outside-program.ts';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const WORDS = { en: /Warm, low light falls/, ar: /ضوء دافئ خافت/ } as const;
const STAND_IN = { en: 'Words by the built-in describer.', ar: 'هذا الشرح من الواصف المدمج.' } as const;

async function open(env: Readonly<Record<string, string>> = {}) {
  const scene = await openOutsideScene();
  const program = await scene.start(env);
  const { telegram, answers } = scene;
  return {
    ...scene,
    program,
    /** Sends a photo to the bot, and gives what has come back once the answer is whole and `count` messages are there. */
    async vibe(languageCode: string, name: string, isWhole: RegExp, count = 2) {
      const user = telegram.user({ languageCode });
      const chat = telegram.privateChat(user);
      const photo = telegram.sendPhoto(await fixture(name), { from: user });
      await telegram.waitUntil(
        () => answers(chat.id).length >= count && isWhole.test(answers(chat.id)[0]?.text ?? ''),
      );
      const [answer, songs] = answers(chat.id);
      if (!answer) throw new Error('there is no answer');
      return { user, chat, photo, answer, songs };
    },
    metrics: async () => (await fetch(`http://127.0.0.1:${program.port}/metrics`)).text(),
  };
}

describe('with keys for words and music', () => {
  it.each(['en', 'ar'] as const)(
    'a photo is answered with words by the model and songs beneath: %s',
    async (language) => {
      const { vibe, openai, youtube, telegram, metrics, expectNoSecrets } = await open();
      const { answer, songs } = await vibe(language, 'coffee.jpg', WORDS[language]);
      expect(answer.text).not.toContain(STAND_IN[language]);
      expect(openai.violations).toEqual([]);
      expect(openai.calls).toHaveLength(1);
      expect(songs?.replyTo).toBe(answer.id);
      expect(songs?.text.match(/^\d\. /gm) ?? songs?.text.match(/\d\./g)).toHaveLength(5);
      expect(youtube.callsOf('playlistItems').length).toBeGreaterThan(0);
      expect(youtube.callsOf('search')).toEqual([]);
      const told = await metrics();
      expect(told).toMatch(/^vibe_words_total\{source="openai",reason="answered"\} 1$/m);
      expect(told).toMatch(/^vibe_words_dollars_total\{model="gpt-4o"\} 0\.0/m);
      expect(told).toMatch(/^vibe_words_budget_left_dollars 0\.99/m);
      expect(told).toMatch(/^vibe_youtube_units_total \d+$/m);
      expect(told).toMatch(/^vibe_dead_playlists 0$/m);
      expect(telegram.violations).toEqual([]);
      expectNoSecrets();
    },
  );

  it('the same photo costs nothing the next time, after a restart, too', async () => {
    const { vibe, openai, program, start } = await open();
    await vibe('en', 'cat.jpg', WORDS.en);
    expect(await program.stop('SIGTERM')).toBe(0);
    await start();
    await vibe('en', 'cat.jpg', WORDS.en);
    expect(openai.calls).toHaveLength(1);
  });

  it('“Why not rock?” is answered by the model, which is shown that genre’s heatmap', async () => {
    const { vibe, openai, telegram, answers } = await open();
    const { user, chat, answer } = await vibe('en', 'coffee.jpg', WORDS.en);
    telegram.press(answer, 'Why not …?', user);
    const now = () => answers(chat.id)[0] ?? answer;
    await telegram.waitUntil(() =>
      now()
        .keyboard?.flat()
        .some(({ text }) => text === 'rock'),
    );
    telegram.press(now(), 'rock', user);
    await telegram.waitUntil(() => now().text.startsWith('Why rock?') && WORDS.en.test(now().text));
    expect(openai.calls.map(({ request }) => request?.facts.genre)).toEqual(['jazz', 'rock']);
    expect(openai.violations).toEqual([]);
    expect(openai.calls[1]?.request?.images[1]).not.toEqual(openai.calls[0]?.request?.images[1]);
  });

  it('says in /about that a service is shown the photo', async () => {
    const { telegram, answers } = await open();
    const user = telegram.user({ languageCode: 'en' });
    const chat = telegram.privateChat(user);
    telegram.sendText('/about', { from: user });
    await telegram.waitUntil(() => answers(chat.id).length === 1);
    expect(answers(chat.id)[0]?.text).toContain('OpenAI is shown a small copy of the photo');
  });
});

describe('when a service fails', () => {
  it.each(['en', 'ar'] as const)('the answer has local words, and says so quietly: %s', async (language) => {
    const { vibe, openai, expectNoSecrets } = await open();
    openai.fail({ kind: 'refuse', refusal: OpenaiRefusal.insufficientQuota(), ...ALWAYS });
    const { answer, songs } = await vibe(language, 'coffee.jpg', new RegExp(STAND_IN[language]));
    expect(answer.text).not.toMatch(WORDS[language]);
    expect(songs).toBeDefined();
    expectNoSecrets();
  });

  it('genre, heatmap and links do not wait for words that never come, nor does the end of the program', async () => {
    const { telegram, openai, answers, program } = await open();
    openai.fail({ kind: 'stall', ...ALWAYS });
    const user = telegram.user({ languageCode: 'en' });
    const chat = telegram.privateChat(user);
    telegram.sendPhoto(await fixture('rocket.jpg'), { from: user });
    await openai.waitForCall('words', { unanswered: true });
    await telegram.waitUntil(() => answers(chat.id).length === 2);
    const [answer] = answers(chat.id);
    expect(answer?.text).toContain('One moment …');
    const links = answer?.keyboard?.flat().map(({ text }) => text);
    expect(links).toEqual(expect.arrayContaining(['YouTube Music', 'Spotify']));
    expect(await program.stop('SIGTERM')).toBe(0);
  });

  it('words that do not come keep nobody else from genre and heatmap', async () => {
    const { telegram, openai, answers } = await open({ YOUTUBE_API_KEY: '' });
    openai.fail({ kind: 'stall', ...ALWAYS });
    const names = ['coffee', 'cat', 'rocket', 'flower', 'galaxies', 'pavilion', 'astronaut'];
    const photos = await Promise.all(names.map((name) => fixture(`${name}.jpg`)));
    // more than are read at once, and of one person more than they may have
    const one = telegram.user();
    const users = [...Array.from({ length: 12 }, () => telegram.user()), ...Array(5).fill(one)];
    for (const [at, from] of users.entries()) {
      telegram.sendPhoto(photos[at % photos.length] ?? Buffer.of(), { from });
    }
    const chats = new Set(users.map((user) => telegram.privateChat(user).id));
    const shown = () => [...chats].flatMap((chat) => answers(chat)).filter(({ text }) => text.includes('█'));
    await telegram.waitUntil(() => shown().length === users.length, { timeoutMs: 50_000 });
    expect(openai.calls.filter(({ status }) => status !== undefined)).toEqual([]);
  });

  it('without music there are the links, and no second message', async () => {
    const { vibe, youtube, program, telegram, expectNoSecrets } = await open();
    youtube.fail({ method: '*', kind: 'answer', status: 503, body: '<html>', ...ALWAYS });
    const { answer, chat } = await vibe('en', 'coffee.jpg', WORDS.en, 1);
    expect(answer.keyboard?.flat().map(({ text }) => text)).toContain('Jazz · Global');
    // the songs' turn is over when the program has nothing left to do
    expect(await program.stop('SIGTERM')).toBe(0);
    expect(telegram.messagesIn(chat.id).filter(({ fromBot }) => fromBot)).toHaveLength(1);
    expectNoSecrets();
  });

  it('everything dead at once leaves the whole answer that needs no service', async () => {
    const { vibe, openai, youtube } = await open();
    await Promise.all([openai.close(), youtube.close()]);
    const { answer } = await vibe('en', 'coffee.jpg', new RegExp(STAND_IN.en), 1);
    expect(answer.text).toMatch(/^Jazz · \d+%/);
  });
});

describe('without keys', () => {
  it('there are local words that stand in for nothing, and no songs', async () => {
    const { vibe, openai, youtube, metrics } = await open({ OPENAI_API_KEY: '', YOUTUBE_API_KEY: '' });
    const { answer } = await vibe('en', 'coffee.jpg', /What the model looked at/, 1);
    expect(answer.text).not.toContain(STAND_IN.en);
    expect(answer.keyboard?.flat().map(({ text }) => text)).not.toContain('🎵 Tracks');
    expect([openai.calls, youtube.calls]).toEqual([[], []]);
    expect(await metrics()).toMatch(/^vibe_words_total\{source="local",reason="no key"\} 1$/m);
  });
});
