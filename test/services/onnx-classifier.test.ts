import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { GENRES } from '../../src/core/genre.ts';
import { gradCam } from '../../src/core/grad-cam.ts';
import type { Classifier, DecodedPhoto } from '../../src/core/ports.ts';
import { softmax } from '../../src/core/softmax.ts';
import { type GenreModel, loadGenreModel } from '../../src/services/genre-model.ts';
import { createOnnxClassifier, toTensor } from '../../src/services/onnx-classifier.ts';
import { createSharpCodec } from '../../src/services/sharp-codec.ts';

interface Golden {
  photo: string;
  input: { mean: number[]; std: number[] };
  logits: number[];
  cam: { genre: (typeof GENRES)[number]; values: number[] };
}

const fixture = (path: string) => readFile(new URL(`../fixtures/${path}`, import.meta.url));
let model: GenreModel;
let classifier: Classifier;

beforeAll(async () => {
  const loaded = await loadGenreModel(new URL('../../models/', import.meta.url));
  model = loaded.model;
  classifier = await createOnnxClassifier(loaded);
});

const LOGIT_TOLERANCE = 0.1;
const MAP_TOLERANCE = 0.05;

const PHOTOS = ['astronaut', 'cat', 'coffee', 'flower', 'galaxies', 'pavilion', 'rocket'];

/** Softmax keeps all of the logits but their mean. */
function centred(logits: readonly number[]): number[] {
  const mean = logits.reduce((a, b) => a + b) / logits.length;
  return logits.map((logit) => logit - mean);
}

/**
 * The goldens were made by the training code with Pillow. libvips decodes to the same pixels and rounds a shrunk picture
 * differently, by a quarter of a grey level a pixel on average: hence the tolerances, far below what changes an answer.
 */
describe.each(PHOTOS)('%s, against the training code', (name) => {
  let golden: Golden;
  let decoded: DecodedPhoto;

  beforeAll(async () => {
    golden = JSON.parse((await fixture(`goldens/${name}.json`)).toString());
    decoded = await createSharpCodec({ inputSize: model.input.size }).decode(
      await fixture(`photos/${golden.photo}`),
    );
  });

  it('feeds the network the same picture', () => {
    const planes = toTensor(decoded.input, model.input).data as Float32Array;
    const pixels = model.input.size ** 2;
    for (let channel = 0; channel < 3; channel++) {
      const plane = planes.subarray(channel * pixels, (channel + 1) * pixels);
      const mean = plane.reduce((a, b) => a + b) / pixels;
      const std = Math.sqrt(plane.reduce((a, b) => a + (b - mean) ** 2, 0) / pixels);
      expect(mean).toBeCloseTo(golden.input.mean[channel] ?? Number.NaN, 1.5);
      expect(std).toBeCloseTo(golden.input.std[channel] ?? Number.NaN, 1.5);
    }
  });

  it('gives the same logits', async () => {
    const { scores } = await classifier.classify(decoded.input);
    const logits = centred(GENRES.map((genre) => model.temperature * Math.log(scores[genre])));
    const gaps = centred(golden.logits).map((logit, i) => Math.abs(logit - (logits[i] ?? Number.NaN)));
    expect(Math.max(...gaps)).toBeLessThan(LOGIT_TOLERANCE);
  });

  it('gives the same Grad-CAM map', async () => {
    const { features } = await classifier.classify(decoded.input);
    const map = gradCam(golden.cam.genre, features, classifier.gradient(golden.cam.genre));
    const gaps = [...map.values].map((value, i) => Math.abs(value - (golden.cam.values[i] ?? Number.NaN)));
    expect(Math.max(...gaps)).toBeLessThan(MAP_TOLERANCE);
  });
});

describe('createOnnxClassifier', () => {
  it('has logits that are the head applied to the mean of the features, as the closed form needs', async () => {
    const data = Uint8Array.from({ length: model.input.size ** 2 * 3 }, (_, i) => (i * 7) % 256);
    const { scores, features } = await classifier.classify({
      width: model.input.size,
      height: model.input.size,
      data,
    });
    const positions = features.width * features.height;
    const logits = model.head.weight.map((row, genre) =>
      row.reduce((sum, weight, channel) => {
        const plane = features.values.subarray(channel * positions, (channel + 1) * positions);
        return sum + (weight * plane.reduce((a, b) => a + b, 0)) / positions;
      }, model.head.bias[genre] ?? 0),
    );
    const expected = softmax(logits, model.temperature);
    for (const genre of GENRES) expect(scores[genre]).toBeCloseTo(expected[genre], 4);
  });

  it('refuses a picture of another size', async () => {
    const raster = { width: 2, height: 2, data: new Uint8Array(12) };
    await expect(classifier.classify(raster)).rejects.toThrow(RangeError);
  });
});
