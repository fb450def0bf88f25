import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { GENRES, type Genre, isGenre } from '../../src/core/genre.ts';
import { TrainingError } from './training-error.ts';

/** As models/training/dataset.py reads it. */
export interface DataSet {
  readonly folder: string;
  /** Each is `images/<id>.jpg`. */
  readonly ids: readonly string[];
  readonly byGenre: Readonly<Record<Genre, number>>;
}

interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string | undefined>>;
}

export const LABELS = 'labels.tsv';
const NEEDED = ['id', 'genre'];
const SPLITS = ['', 'train', 'val'];
const CONFIDENCES = ['', '1', '2', '3'];
/** Plain in a path and in a key of S3; no part begins with a dot. */
const ID = /^\w[\w.-]*(\/\w[\w.-]*)*$/;
const FILES_AT_ONCE = 32;
const PROBLEMS_SHOWN = 10;

export function pictureFile(id: string): string {
  return `images/${id}.jpg`;
}

/**
 * Reads labels.tsv (columns id, genre and, optionally, split, confidence, second) and looks for every picture. Throws
 * TrainingError with what is wrong.
 */
export async function readDataSet(folder: string): Promise<DataSet> {
  const rows = await readRows(folder);
  const problems = [...rows.flatMap(problemsOf), ...repeated(rows), ...(await missing(folder, rows))];
  const taught = rows.filter(({ cells }) => cells['split'] !== 'val');
  for (const genre of GENRES) {
    if (!taught.some(({ cells }) => cells['genre'] === genre))
      problems.push(`no picture to train ${genre} on`);
  }
  if (problems.length > 0) throw new TrainingError(told(problems));
  const count = (genre: Genre) => rows.filter(({ cells }) => cells['genre'] === genre).length;
  return {
    folder,
    ids: rows.map(({ cells }) => cells['id'] ?? ''),
    byGenre: Object.fromEntries(GENRES.map((genre) => [genre, count(genre)])) as Record<Genre, number>,
  };
}

async function readRows(folder: string): Promise<readonly Row[]> {
  const table = await readFile(join(folder, LABELS), 'utf8').catch(() => null);
  if (table === null) throw new TrainingError(`${LABELS} in ${folder} cannot be read`);
  const [header = '', ...lines] = table.trimEnd().split(/\r?\n/);
  const columns = header.split('\t');
  const lacking = NEEDED.filter((name) => !columns.includes(name));
  if (lacking.length > 0) throw new TrainingError(`${LABELS} has no column ${lacking.join(', ')}`);
  return lines.map((line, i) => {
    const values = line.split('\t');
    return { line: i + 2, cells: Object.fromEntries(columns.map((name, at) => [name, values[at]])) };
  });
}

function problemsOf({ line, cells }: Row): readonly string[] {
  const { id = '', genre = '', split = '', confidence = '', second = '' } = cells;
  const wrong = [
    !ID.test(id) && `id ${JSON.stringify(id)}`,
    !isGenre(genre) && `genre ${JSON.stringify(genre)}`,
    !SPLITS.includes(split) && `split ${JSON.stringify(split)}`,
    !CONFIDENCES.includes(confidence) && `confidence ${JSON.stringify(confidence)}`,
    second !== '' && !isGenre(second) && `second ${JSON.stringify(second)}`,
  ];
  return wrong.filter((problem) => problem !== false).map((problem) => `line ${line}: ${problem}`);
}

function repeated(rows: readonly Row[]): readonly string[] {
  const seen = new Set<string | undefined>();
  return rows.flatMap(({ line, cells: { id } }) => {
    const isAgain = seen.has(id);
    seen.add(id);
    return isAgain ? [`line ${line}: id ${JSON.stringify(id)} once more`] : [];
  });
}

async function missing(folder: string, rows: readonly Row[]): Promise<string[]> {
  const limit = pLimit(FILES_AT_ONCE);
  const found = await limit.map(rows, async ({ line, cells: { id = '' } }) => {
    if (!ID.test(id)) return null;
    const file = await stat(join(folder, pictureFile(id))).catch(() => null);
    return file?.isFile() && file.size > 0 ? null : `line ${line}: no picture ${pictureFile(id)}`;
  });
  return found.filter((problem) => problem !== null);
}

function told(problems: readonly string[]): string {
  const shown = problems.slice(0, PROBLEMS_SHOWN).join('; ');
  const more = problems.length - PROBLEMS_SHOWN;
  return more > 0 ? `${shown}; and ${more} more` : shown;
}
