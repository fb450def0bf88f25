import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { languageCard } from '../../../commands/language.ts';
import { playlistCard } from '../../../commands/playlist.ts';
import type { Card } from '../../../src/core/card.ts';
import { type Answer, presentAnswer } from '../../../src/core/present-answer.ts';
import { textCard } from '../../../src/core/text-card.ts';
import type { Language, Region } from '../../../src/core/types.ts';
import { LANGUAGES } from '../../../src/languages/languages.ts';
import { makeAnswer } from '../../support/make-answer.ts';
import { bodyOf, expectAccepted } from './show-card.ts';

const EXPLANATIONS = {
  en: {
    photo: 'Dark, with warm light from the left; few colours, most of them brown.',
    heatmap: 'I looked at the lamp in the upper left corner first of all.',
    altText: 'A heatmap over the photo: bright in the upper left corner.',
  },
  ar: {
    photo: 'صورة داكنة بضوء دافئ من اليسار، وألوانها قليلة أكثرها بني.',
    heatmap: 'نظرت أولًا إلى المصباح في الزاوية العليا اليسرى.',
    altText: 'خريطة حرارية فوق الصورة: مضيئة في الزاوية العليا اليسرى.',
  },
} as const;
const jpeg = (...bytes: readonly number[]) => ({ kind: 'jpeg', jpeg: Uint8Array.from(bytes) }) as const;
const playlist = <R extends Region>(region: R) => ({
  genre: 'jazz' as const,
  region,
  url: `https://www.youtube.com/playlist?list=${region}`,
  tracks: ['So What', 'Take Five (1959) *remastered*', 'R&B [live] <3'].map((title) => ({
    title,
    channel: 'c',
    url: 'https://y.t',
  })),
});
const playlists = { global: playlist('global'), khaleeji: playlist('khaleeji') };

/** A result with its heatmap and its photo. */
function result(language: Language, given: Partial<Answer> = {}): Card {
  const answer = makeAnswer({
    explanation: { state: 'ready', value: { ...EXPLANATIONS[language], source: 'local' } },
    playlists: { state: 'ready', value: playlists },
    image: { fileName: 'jazz-0a1b2c.jpg', content: jpeg(1) },
    photo: { fileName: 'photo-0a1b2c.jpg', content: jpeg(2) },
    ...given,
  });
  return presentAnswer(answer, language);
}

const pending = { state: 'pending' } as const;
const signal = new AbortController().signal;
const { help } = LANGUAGES.en.chat;

const cards: Readonly<Record<string, Card>> = {
  first: result('en', { explanation: pending, playlists: pending }),
  'finished-en': result('en', { vote: { up: true } }),
  'finished-ar': result('ar', { vote: { up: false } }),
  'without-playlists': result('en', { playlists: { state: 'unavailable', reason: 'quota' } }),
  asked: result('en', {
    genre: 'rock',
    image: { fileName: 'rock-0a1b2c.jpg', content: jpeg(3) },
  }),
  choose: result('ar', { view: 'choose' }),
  correct: result('en', { view: 'correct' }),
  album: result('en', {
    album: { count: 3, unread: 1, genre: 'jazz', loudest: 2 },
    notes: ['truncated'],
    blend: ['jazz', 'classical'],
  }),
  spoiler: result('en', { spoiler: true }),
  'without-pictures': result('en', { image: null, photo: null }),
  'asked-without-pictures': result('ar', { genre: 'rock', image: null, photo: null }),
  text: textCard('en', help.title, [
    'Send a photo.',
    { kind: 'text', heading: 'Privacy', text: 'Photos are read and forgotten.' },
    { kind: 'text', text: 'In passing.', quiet: true },
  ]),
  playlist: await playlistCard('jazz', null, 'en', { playlists: async () => playlists }, signal),
  'playlist-of-region': await playlistCard(
    'jazz',
    'khaleeji',
    'ar',
    { playlists: async () => playlists },
    signal,
  ),
  language: languageCard(LANGUAGES.ar.chat.language.ask, 'ar', true),
};

const golden = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/goldens/discord-${name}.json`, import.meta.url));

// `npx vitest run -u` writes what has changed: look at it before you keep it
it.each(Object.entries(cards))('the card %s is shown as ever, and Discord takes it', async (name, card) => {
  const { body, files } = bodyOf(card);
  const sent = { body, files: files.map((file) => file.name) };
  await expect(`${JSON.stringify(sent, null, 2)}\n`).toMatchFileSnapshot(golden(name));
  await expectAccepted(card);
});
