import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
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
    metrics: z.record(z.string(), z.unknown()),
    training: z.record(z.string(), z.unknown()),
  })
  .refine((model) => model.head.weight.every((row) => row.length === model.features.channels), {
    error: 'head.weight must have one number a channel',
  });

export type GenreModel = z.infer<typeof schema>;

/** Throws when the description does not parse or is not about these ONNX bytes: a model that may be wrong must not start. */
export async function loadGenreModel(folder: URL): Promise<{ model: GenreModel; onnx: Buffer }> {
  const json: unknown = JSON.parse(await readFile(new URL('genre.json', folder), 'utf8'));
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Error(`genre.json: ${z.prettifyError(parsed.error)}`);
  const onnx = await readFile(new URL('genre.onnx', folder));
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  if (sha256 !== parsed.data.sha256)
    throw new Error('genre.json describes another genre.onnx: sha256 differs');
  return { model: parsed.data, onnx };
}
