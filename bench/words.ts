/**
 * `npm run eval:words [-- --lang en] [PHOTO…]`: what people would read about photos, those of the tests unless others are
 * named: the built-in words and, where OPENAI_API_KEY is set, OpenAI's, out of the bot's daily budget. No words are kept.
 */

import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { blendOf } from '../src/core/blend.ts';
import { rankGenres } from '../src/core/genre.ts';
import type { Explainer, ExplainRequest } from '../src/core/ports.ts';
import { type Explanation, LANGUAGE_CODES, type Language, type Look } from '../src/core/types.ts';
import { readConfig } from '../src/read-config.ts';
import { createLocalExplainer } from '../src/services/local-explainer.ts';
import { openReader, SHIPPED_MODEL } from './open-reader.ts';
import { openOpenaiWords } from './openai-words.ts';

const FIXTURES = fileURLToPath(new URL('../test/fixtures/photos/', import.meta.url));

async function fixturePhotos(): Promise<string[]> {
  const names = (await readdir(FIXTURES)).filter((name) => name.endsWith('.jpg')).sort();
  return names.map((name) => join(FIXTURES, name));
}

function requestOf(look: Look, language: Language): ExplainRequest {
  const { genre, scores, maps, previews } = look;
  const seen = { ranking: rankGenres(scores), blend: blendOf(scores), map: maps[genre] };
  return { ...look, ...seen, language, asker: null, previews: async () => previews };
}

const countWords = (text: string) => text.split(/\s+/).length;

function print(language: Language, { source, standIn, photo, heatmap, altText }: Explanation): void {
  console.log(`\n  [${language}, ${source}${standIn ? ', standing in' : ''}]`);
  console.log(`  photo (${countWords(photo)} words): ${photo}`);
  console.log(`  heatmap (${countWords(heatmap)} words): ${heatmap}`);
  console.log(`  alt text (${altText.length} characters): ${altText}`);
}

async function printPhoto(
  photo: string,
  look: Look,
  { explainers, languages }: { explainers: readonly Explainer[]; languages: readonly Language[] },
): Promise<void> {
  console.log(`\n${basename(photo)}: ${look.genre}, ${Math.round(100 * look.scores[look.genre])} %`);
  for (const language of languages) {
    for (const explainer of explainers) {
      print(language, await explainer.explain(requestOf(look, language), new AbortController().signal));
    }
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { lang: { type: 'string' } },
});
const languages = LANGUAGE_CODES.filter((code) => values.lang === undefined || values.lang === code);
if (languages.length === 0) throw new Error(`--lang is one of: ${LANGUAGE_CODES.join(', ')}`);
const settings = await readConfig(console.error);
if (!settings) process.exit(2);
const local = createLocalExplainer();
const key = settings.values['OPENAI_API_KEY']?.trim();
if (!key) console.log('OPENAI_API_KEY is not set: only the built-in words are shown.');

const openai = key
  ? openOpenaiWords({
      ...settings.config.openai,
      key,
      stateFolder: settings.config.stateFolder,
      fallback: local,
      complain: console.error,
    })
  : null;
const photos = positionals.length > 0 ? positionals : await fixturePhotos();
const reader = await openReader(SHIPPED_MODEL, photos[0] as string);
try {
  const explainers = openai ? [local, openai.explainer] : [local];
  const wanted = { why: null, withPhoto: false, withPreviews: openai !== null, withCopy: false };
  for (const photo of photos) {
    const look = await reader.look(await readFile(photo), wanted, new AbortController().signal);
    await printPhoto(photo, look, { explainers, languages });
  }
  if (openai) console.log(`\nOpenAI's words: $${openai.dollars().toFixed(4)} in all`);
} finally {
  await reader.close();
  await openai?.close();
}
