import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { languageCard } from '../../../commands/language.ts';
import { playlistCard } from '../../../commands/playlist.ts';
import type { Card } from '../../../src/core/card.ts';
import { type Answer, presentAnswer } from '../../../src/core/present-answer.ts';
import { presentTracks } from '../../../src/core/present-tracks.ts';
import { textCard } from '../../../src/core/text-card.ts';
import type { Language } from '../../../src/core/types.ts';
import { LANGUAGES } from '../../../src/languages/languages.ts';
import { makeAnswer } from '../../support/make-answer.ts';
import { noTracks, playlistSource, trackSource } from '../../support/reading-ports.ts';
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
/** A result with its heatmap and its photo. */
function result(language: Language, given: Partial<Answer> = {}): Card {
  const answer = makeAnswer({
    explanation: { state: 'ready', value: { ...EXPLANATIONS[language], source: 'local' } },
    image: { fileName: 'jazz-0a1b2c.jpg', content: jpeg(1) },
    photo: { fileName: 'photo-0a1b2c.jpg', content: jpeg(2) },
    ...given,
  });
  return presentAnswer(answer, language);
}

const track = (id: string, title: string, channel: string, seconds: number | null) => ({
  ...{ title, channel, seconds, thumbnail: null },
  url: `https://www.youtube.com/watch?v=${id}`,
});
const page = {
  tracks: [
    track('a_b-1', 'So What', 'Miles Davis', 562),
    track('a_b-2', 'Take Five (1959) *remastered*', '_Dave_ Brubeck', 187),
    track('a_b-3', 'R&B [live] <3 @everyone', 'https://y.t', null),
    track('a_b-4', 'يا ليل', 'راشد الماجد', 245),
    track('a_b-5', 'Naima', 'جاز', 3765),
  ],
  pages: 3,
};
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
  'offers-songs': result('en', { offersTracks: true }),
  songs: presentTracks(page, { genre: 'jazz', region: 'global', turn: { seed: 7, page: 0 } }, 'en'),
  'songs-ar': presentTracks(page, { genre: 'jazz', region: 'khaleeji', turn: { seed: 7, page: 2 } }, 'ar'),
  'asked-without-pictures': result('ar', { genre: 'rock', image: null, photo: null }),
  text: textCard('en', help.title, [
    'Send a photo.',
    { kind: 'text', heading: 'Privacy', text: 'Photos are read and forgotten.' },
    { kind: 'text', text: 'In passing.', quiet: true },
  ]),
  playlist: await playlistCard('jazz', null, 'en', { playlistSource, trackSource: noTracks }, signal),
  'playlist-of-region': await playlistCard('jazz', 'khaleeji', 'ar', { playlistSource, trackSource }, signal),
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
