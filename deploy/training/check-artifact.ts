import { access, readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { GENRES } from '../../src/core/genre.ts';
import { gradCam } from '../../src/core/grad-cam.ts';
import type { Classifier, ImageCodec } from '../../src/core/ports.ts';
import { loadGenreModel } from '../../src/services/genre-model.ts';
import { createOnnxClassifier } from '../../src/services/onnx-classifier.ts';
import { createSharpCodec } from '../../src/services/sharp-codec.ts';
import { TrainingError } from './training-error.ts';

/** What the trained network said of a photo, as models/training/export.py writes it. */
const golden = z.object({
  logits: z.array(z.number()).length(GENRES.length),
  cam: z.object({ genre: z.enum(GENRES), values: z.array(z.number()) }),
});

type Golden = z.infer<typeof golden>;

/** The largest differences over all photos. */
export interface Parity {
  readonly photos: number;
  readonly logits: number;
  readonly map: number;
}

/** Both get the same pixels; other processors and versions round otherwise. */
const TOLERANCE = { logits: 0.005, map: 0.01 };
const OTHERS = ['metrics.json', 'loss.png', 'confusion.png'];

/**
 * Checks that the folder's model is one the bot can use, and that it says of photos here what the trained network said of
 * them there. Throws ModelError where genre.json or genre.onnx is at fault, TrainingError where anything else is.
 */
export async function checkArtifact(folder: URL): Promise<Parity> {
  const loaded = await loadGenreModel(folder);
  for (const name of OTHERS) await access(new URL(name, folder)).catch(() => lacks(name));
  const goldens = await readdir(new URL('goldens/', folder)).catch(() => []);
  if (goldens.length === 0) lacks('goldens of photos');
  const classifier = await createOnnxClassifier(loaded);
  const codec = createSharpCodec({ inputSize: loaded.model.input.size });
  const reader = { classifier, codec, temperature: loaded.model.temperature };
  const parity = { photos: goldens.length, logits: 0, map: 0 };
  for (const file of goldens) {
    const gaps = await gapsOf(folder, file.replace(/\.json$/, ''), reader);
    parity.logits = Math.max(parity.logits, gaps.logits);
    parity.map = Math.max(parity.map, gaps.map);
  }
  const isSame = parity.logits <= TOLERANCE.logits && parity.map <= TOLERANCE.map;
  if (!isSame)
    throw new TrainingError(`the network says other things here than where it was trained: ${told(parity)}`);
  return parity;
}

export function told({ photos, logits, map }: Parity): string {
  return `${photos} photos, logits differ by ${logits.toFixed(5)} at most, heatmaps by ${map.toFixed(5)}`;
}

function lacks(what: string): never {
  throw new TrainingError(`the job's result has no ${what}`);
}

async function readGolden(name: string, file: URL): Promise<Golden> {
  try {
    return golden.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    throw new TrainingError(`${name}.json is no golden of a photo`);
  }
}

interface Reader {
  readonly classifier: Classifier;
  readonly codec: ImageCodec;
  readonly temperature: number;
}

async function gapsOf(
  folder: URL,
  name: string,
  { classifier, codec, temperature }: Reader,
): Promise<{ readonly logits: number; readonly map: number }> {
  const { logits, cam } = await readGolden(name, new URL(`goldens/${name}.json`, folder));
  const input = `inputs/${name}.png`;
  const png = await readFile(new URL(input, folder)).catch(() => lacks(input));
  const decoded = await codec.decode(png).catch(() => lacks(`readable ${input}`));
  const { scores, features } = await classifier.classify(decoded.input);
  // probabilities keep all of the logits but their mean
  const own = centred(GENRES.map((genre) => temperature * Math.log(scores[genre])));
  const map = gradCam(cam.genre, features, classifier.gradient(cam.genre));
  return { logits: gap(own, centred(logits)), map: gap([...map.values], cam.values) };
}

function centred(values: readonly number[]): readonly number[] {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return values.map((value) => value - mean);
}

/** The largest difference; infinite where they cannot be compared. */
function gap(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  const gaps = a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN)));
  return gaps.every(Number.isFinite) ? Math.max(...gaps) : Number.POSITIVE_INFINITY;
}
