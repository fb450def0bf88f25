/** `npm run bench:accuracy -- DATA`: the shipped model's figures on a data set's validation part, through the bot's own path. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GENRES, type Genre, isGenre, rankGenres, type Scores } from '../src/core/genre.ts';
import { loadGenreModel } from '../src/services/genre-model.ts';
import { createOnnxClassifier } from '../src/services/onnx-classifier.ts';
import { createSharpCodec } from '../src/services/sharp-codec.ts';
import { crossFittedError } from './calibration.ts';
import { SHIPPED_MODEL } from './open-reader.ts';

interface Judged {
  readonly label: Genre;
  readonly scores: Scores;
}

async function validationRows(data: string): Promise<{ id: string; genre: Genre }[]> {
  const table = await readFile(join(data, 'labels.tsv'), 'utf8');
  const [header = '', ...lines] = table.trimEnd().split(/\r?\n/);
  const columns = header.split('\t');
  return lines
    .map((line) => Object.fromEntries(line.split('\t').map((value, i) => [columns[i], value])))
    .filter((row) => row['split'] === 'val')
    .map(({ id = '', genre = '' }) => {
      if (!isGenre(genre)) throw new Error(`unknown genre ${genre}`);
      return { id, genre };
    });
}

async function judge(data: string): Promise<Judged[]> {
  const loadedModel = await loadGenreModel(SHIPPED_MODEL);
  const codec = createSharpCodec({ inputSize: loadedModel.model.input.size });
  const classifier = await createOnnxClassifier(loadedModel);
  const judged: Judged[] = [];
  for (const { id, genre } of await validationRows(data)) {
    const { input } = await codec.decode(await readFile(join(data, 'images', `${id}.jpg`)));
    judged.push({ label: genre, scores: (await classifier.classify(input)).scores });
  }
  return judged;
}

function share(judged: readonly Judged[], right: (each: Judged) => boolean): number {
  return judged.filter(right).length / judged.length;
}

function macroF1(judged: readonly Judged[]): number {
  const f1 = GENRES.map((genre) => {
    const hit = judged.filter(
      ({ label, scores }) => label === genre && rankGenres(scores)[0] === genre,
    ).length;
    const labelled = judged.filter(({ label }) => label === genre).length;
    const guessed = judged.filter(({ scores }) => rankGenres(scores)[0] === genre).length;
    return (2 * hit) / (labelled + guessed);
  });
  return f1.reduce((a, b) => a + b) / f1.length;
}

const data = process.argv[2];
if (!data) throw new Error('usage: npm run bench:accuracy -- DATA');
const judged = await judge(data);
const outcomes = judged.map(({ label, scores }) => ({
  logits: GENRES.map((genre) => Math.log(scores[genre])),
  label: GENRES.indexOf(label),
}));
console.table({
  pictures: judged.length,
  'top-1': share(judged, ({ label, scores }) => rankGenres(scores)[0] === label),
  'top-2': share(judged, ({ label, scores }) => rankGenres(scores).slice(0, 2).includes(label)),
  'macro-F1': macroF1(judged),
  'calibration error (15 bins, cross-fitted)': crossFittedError(outcomes),
});
