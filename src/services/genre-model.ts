import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { GENRES } from '../core/genre.ts';

const channel = z.tuple([z.number(), z.number(), z.number()]);

/** models/genre.json: what genre.onnx is, and what is needed to feed it and to explain it. */
const schema = z
  .object({
    /** The order of the logits. */
    labels: z.array(z.string()).refine((labels) => labels.join() === GENRES.join(), {
      error: `labels must be ${GENRES.join(', ')}`,
    }),
    version: z.string().min(1),
    backbone: z.string().min(1),
    /** Hex, of genre.onnx. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    input: z.object({
      /** Side of the square, pixels. */
      size: z.int().positive(),
      /** (pixel − mean) / std, pixels 0 … 255, RGB. */
      mean: channel,
      std: channel,
    }),
    features: z.object({
      channels: z.int().positive(),
      width: z.int().positive(),
      height: z.int().positive(),
    }),
    head: z.object({
      /** [5 × channels] */
      weight: z.array(z.array(z.number())).length(GENRES.length),
      bias: z.array(z.number()).length(GENRES.length),
    }),
    temperature: z.number().positive(),
    metrics: z.looseObject({
      /** Share of the validation pictures that it names right. */
      accuracy: z.number().min(0).max(1),
      /** What it says of them, right or wrong. */
      predicted: z.object({
        /** Pictures by their most probable genre, at least one. */
        genres: z
          .record(z.enum(GENRES), z.int().min(0))
          .refine((genres) => Object.values(genres).some((count) => count > 0), {
            error: 'must not be empty',
          }),
        /** The mean of that genre's calibrated probability. */
        meanConfidence: z.number().min(0).max(1),
      }),
    }),
    training: z.record(z.string(), z.unknown()),
  })
  .refine((model) => model.head.weight.every((row) => row.length === model.features.channels), {
    path: ['head', 'weight'],
    error: 'must have one number a channel',
  });

export type GenreModel = z.infer<typeof schema>;

/** A model that its description is not about, or that cannot be read: the program must not start with it. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

export interface LoadedModel {
  readonly model: GenreModel;
  /** The path of the genre.onnx that `model` describes. */
  readonly onnxFile: string;
}

/** Throws ModelError when genre.json or genre.onnx cannot be read, does not parse, or they do not belong together. */
export async function loadGenreModel(folder: URL): Promise<LoadedModel> {
  const model = parse(await read(new URL('genre.json', folder)));
  const onnx = new URL('genre.onnx', folder);
  if ((await sha256Of(onnx)) !== model.sha256) {
    throw new ModelError('genre.json describes another genre.onnx: sha256 differs');
  }
  return { model, onnxFile: fileURLToPath(onnx) };
}

async function read(file: URL): Promise<Buffer> {
  return await readFile(file).catch((cause) => unreadable(file, cause));
}

/** Hex; piece by piece, for the whole would lie in memory until the garbage collector comes. */
async function sha256Of(file: URL): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash).catch((cause) => unreadable(file, cause));
  return hash.digest('hex');
}

function unreadable(file: URL, cause: unknown): never {
  throw new ModelError(`${basename(file.pathname)} cannot be read`, { cause });
}

function parse(json: Buffer): GenreModel {
  let value: unknown;
  try {
    value = JSON.parse(json.toString());
  } catch (cause) {
    throw new ModelError('genre.json is not JSON', { cause });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ModelError(`genre.json: ${wrong.join('; ')}`);
  }
  return parsed.data;
}
