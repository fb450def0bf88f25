import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadGenreModel, ModelError } from '../../src/services/genre-model.ts';

const NOTHING = { classical: 0, electronic: 0, jazz: 0, pop: 0, rock: 0 };

const shipped = new URL('../../models/', import.meta.url);
let description: Record<string, unknown>;
let onnx: Buffer;

beforeAll(async () => {
  description = JSON.parse(await readFile(new URL('genre.json', shipped), 'utf8'));
  onnx = await readFile(new URL('genre.onnx', shipped));
});

async function folderWith(json: string, model: Buffer = onnx): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), 'model-'));
  await writeFile(join(folder, 'genre.json'), json);
  await writeFile(join(folder, 'genre.onnx'), model);
  return pathToFileURL(`${folder}/`);
}

describe('loadGenreModel', () => {
  it('loads the shipped model, which is small enough to ship', async () => {
    const { model, onnxFile } = await loadGenreModel(shipped);
    expect(await readFile(onnxFile)).toEqual(onnx);
    expect(model.labels).toEqual(['classical', 'electronic', 'jazz', 'pop', 'rock']);
    expect(onnx.length).toBeLessThanOrEqual(20_000_000);
    const { genres } = model.metrics.predicted;
    expect(Object.values(genres).reduce((a, b) => a + b)).toBe(model.metrics['valPictures']);
  });

  it.each([
    ['labels', ['jazz', 'classical', 'electronic', 'pop', 'rock']],
    ['temperature', 0],
    ['temperature', undefined],
    ['head', { weight: [[1], [1], [1], [1], [1]], bias: [0, 0, 0, 0, 0] }],
    ['input', { size: 0, mean: [0, 0, 0], std: [1, 1, 1] }],
    ['metrics', { accuracy: 0.5 }],
    ['metrics', { accuracy: 0.5, predicted: { genres: { ...NOTHING, jazz: 1 }, meanConfidence: 1.1 } }],
    ['metrics', { accuracy: 0.5, predicted: { genres: { jazz: 1 }, meanConfidence: 0.5 } }],
    ['metrics', { accuracy: 0.5, predicted: { genres: NOTHING, meanConfidence: 0.5 } }],
  ])('refuses a description with a wrong %s', async (key, value) => {
    const folder = await folderWith(JSON.stringify({ ...description, [key]: value }));
    await expect(loadGenreModel(folder)).rejects.toThrow(ModelError);
    await expect(loadGenreModel(folder)).rejects.toThrow(`genre.json: ${key}`);
  });

  it('refuses a description that is not JSON, and a folder without a model', async () => {
    await expect(loadGenreModel(await folderWith('{'))).rejects.toThrow(ModelError);
    await expect(loadGenreModel(new URL('nowhere/', shipped))).rejects.toThrow('genre.json cannot be read');
  });

  it('refuses a model that the description is not about', async () => {
    const other = Buffer.from(onnx);
    other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
    const folder = await folderWith(JSON.stringify(description), other);
    await expect(loadGenreModel(folder)).rejects.toThrow(
      new ModelError('genre.json describes another genre.onnx: sha256 differs'),
    );
  });
});
