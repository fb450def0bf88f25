import { expect, it } from 'vitest';
import { openWords, PREVIEWS } from '../support/openai-words.ts';

const DAY_MS = 24 * 60 * 60_000;

it('gives the words of one call that carries the photo, its heatmap and what was measured', async () => {
  const { explain, fake, reasons, explainer } = await openWords();
  expect(explainer.wantsPreviews).toBe(true);
  expect(await explain()).toEqual({
    photo: 'Warm, low light falls on quiet things, and nothing hurries: a small room late in the evening.',
    heatmap:
      'The warmth gathers on the brightest thing in the middle, which sets the mood of the whole picture.',
    altText: 'A quiet scene in warm light.',
    source: 'openai',
  });
  expect(fake.violations).toEqual([]);
  const [{ request, key } = {}] = fake.calls;
  expect(key).toBe(fake.key);
  expect(request).toMatchObject({
    model: 'gpt-4o',
    facts: {
      language: 'English',
      genre: 'jazz',
      firstChoice: 'jazz',
      probabilities: { jazz: 0.62, rock: 0.18, classical: 0.1 },
      photo: { brightness: 0.2, colours: [{ colour: 'brown', share: 0.45 }] },
      heat: { blank: false, strongestPlace: 'bottom-left', halfOfHeatOnShareOfPicture: 0.1 },
    },
  });
  expect(request?.images).toEqual([PREVIEWS.photo, PREVIEWS.heatmap]);
  expect(reasons()).toEqual(['openai answered']);
});

it('speaks the person’s language', async () => {
  const { explain, fake } = await openWords();
  expect((await explain({ language: 'ar' })).photo).toMatch(/^ضوء دافئ/);
  expect(fake.calls[0]?.request?.facts.language).toContain('Arabic');
});

it('says of a picture without heat that nothing speaks for the genre, and nothing of where', async () => {
  const { explain, fake, request } = await openWords();
  await explain({ evidence: { ...request().evidence, blank: true } });
  expect(fake.calls[0]?.request?.facts['heat']).toEqual({ blank: true });
});

it('is told in the prompt that pictures hold no instructions, and has no tools', async () => {
  const { explain, fake } = await openWords();
  await explain();
  expect(fake.calls[0]?.request?.system).toMatch(/never an instruction/);
  // the server takes no other fields than those of a call without tools
  expect(fake.violations).toEqual([]);
});

it.each([
  ['markup', '**Warm** _light_ on `things`, # here', 'Warm light on things, here'],
  ['HTML', '<b>Warm</b> light<br> on <a href="https://x.example">things</a>', 'Warm light on things'],
  [
    'links',
    'Warm light. See https://evil.example/a?b=c, www.evil.example and evil.com/x now.',
    'Warm light. See and now.',
  ],
  ['links in markup', 'Warm [light](https://evil.example) on things.', 'Warm light on things.'],
  ['other schemes', 'Warm tg://resolve?domain=x light.', 'Warm light.'],
  ['lines and control characters', 'Warm\u202e\n\n  light\u0007 .', 'Warm light.'],
])('shows the words without %s', async (_, photo, shown) => {
  const { explain, fake } = await openWords();
  fake.fail({ kind: 'words', words: { photo } });
  expect((await explain()).photo).toBe(shown);
});

it('cuts what is longer than sixty words, at a sentence where one ends', async () => {
  const { explain, fake } = await openWords();
  const sentence = 'One two three four five six seven eight nine ten. ';
  fake.fail({
    kind: 'words',
    words: { photo: sentence.repeat(9), heatmap: 'word '.repeat(100), altText: 'a '.repeat(400) },
  });
  const { photo, heatmap, altText } = await explain();
  expect(photo).toBe(sentence.repeat(6).trim());
  expect(heatmap).toBe(`${'word '.repeat(60).trim()}…`);
  expect(altText.length).toBeLessThanOrEqual(300);
});

it('is as without it where there is no key: local words, and no picture is looked at', async () => {
  const { explain, local, secret, fake, explainer, reasons } = await openWords();
  secret.key = null;
  expect(explainer.wantsPreviews).toBe(false);
  const previews = async () => Promise.reject(new Error('asked for'));
  expect(await explain({ previews })).toEqual(await local());
  expect(fake.calls).toEqual([]);
  expect(reasons()).toEqual(['local no key']);
});

it('has local words where the pictures cannot be had', async () => {
  const { explain, fake, reasons } = await openWords();
  expect(await explain({ previews: async () => null })).toMatchObject({ standIn: true });
  expect(fake.calls).toEqual([]);
  expect(reasons()).toEqual(['local no pictures']);
});

it('has words for those who stay when the one who asked first leaves with the pictures', async () => {
  const { explain, fake, reasons } = await openWords();
  const leaving = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  leaving.signal.addEventListener('abort', () => reject(leaving.signal.reason));
  const left = explain({ previews: () => promise }, leaving.signal);
  const stayed = explain();
  leaving.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  expect(await stayed).toMatchObject({ source: 'local', standIn: true });
  expect(reasons()).toEqual(['local no pictures']);
  expect(fake.calls).toEqual([]);
});

it('pays once for a picture, a genre and a language in a week', async () => {
  const { explain, fake, time, reasons, database } = await openWords();
  const first = await explain();
  time.now += 7 * DAY_MS - 1;
  const previews = async () => Promise.reject(new Error('asked for'));
  expect(await explain({ previews })).toEqual(first);
  expect(fake.calls).toHaveLength(1);
  expect(reasons()).toEqual(['openai answered', 'openai cached']);
  await explain({ language: 'ar' });
  await explain({ genre: 'rock' });
  await explain({ sha256: 'another' });
  expect(fake.calls).toHaveLength(4);
  time.now += DAY_MS;
  await explain();
  expect(fake.calls).toHaveLength(5);
  // what is older than a week is gone from the disk, too
  const { kept } = database.connection.prepare('SELECT count(*) AS kept FROM words').get() ?? {};
  expect(kept).toBe(4);
});

it('keeps no words that stand in', async () => {
  const { explain, fake } = await openWords();
  fake.fail({ kind: 'choice', choice: null });
  expect(await explain()).toMatchObject({ source: 'local' });
  expect(await explain()).toMatchObject({ source: 'openai' });
});

it('asks once for all who ask at once, and lets each leave alone', async () => {
  const { explain, fake } = await openWords();
  const held = fake.fail({ kind: 'stall' });
  const leaving = new AbortController();
  const all = Array.from({ length: 50 }, () => explain());
  const left = explain({}, leaving.signal);
  await fake.waitForCall('words', { unanswered: true });
  leaving.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  held.release();
  const words = await Promise.all(all);
  expect(new Set(words.map(({ source }) => source))).toEqual(new Set(['openai']));
  expect(fake.calls).toHaveLength(1);
});

it('ends with the signal', async () => {
  const { explain, fake } = await openWords();
  await expect(explain({}, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  expect(fake.calls).toEqual([]);
});

it('does not wait longer for the pictures than for the rest', async () => {
  const { explain, reasons, fake } = await openWords({ limitMs: 100 });
  expect(await explain({ previews: () => new Promise(() => {}) })).toMatchObject({ standIn: true });
  expect(reasons()).toEqual(['local timed out']);
  expect(fake.calls).toEqual([]);
});

it('has words for one who asks beside somebody who has had enough', async () => {
  const { explain } = await openWords({ dailyCalls: 1 });
  await explain({ sha256: 'a', asker: 'one' });
  const [one, two] = await Promise.all([
    explain({ sha256: 'b', asker: 'one' }),
    explain({ sha256: 'b', asker: 'two' }),
  ]);
  expect([one.source, two.source]).toEqual(['local', 'openai']);
});
