import { InferenceSession, Tensor } from 'onnxruntime-node';
import { GENRES } from '../core/genre.ts';
import type { Classifier } from '../core/ports.ts';
import { softmax } from '../core/softmax.ts';
import type { Raster } from '../core/types.ts';
import type { GenreModel, LoadedModel } from './genre-model.ts';

/**
 * One session for life (re-creating leaks, onnxruntime#25325). `run` blocks its thread: use it in a worker.
 * `cores`: how many one picture may use; they sleep, not spin, while there is none, so that other sessions have them.
 */
export async function createOnnxClassifier({ model, onnxFile }: LoadedModel, cores = 1): Promise<Classifier> {
  const session = await InferenceSession.create(onnxFile, {
    graphOptimizationLevel: 'all',
    intraOpNumThreads: cores,
    // initializers straight from the system, not from the arena: 16 MB less at the peak of two sessions
    extra: { session: { intra_op: { allow_spinning: '0' }, use_device_allocator_for_initializers: '1' } },
    interOpNumThreads: 1,
    executionMode: 'sequential',
  });
  const { channels, width, height } = model.features;
  const gradients = model.head.weight.map((row) => Float32Array.from(row, (w) => w / (width * height)));
  return {
    async classify(input) {
      const { logits, features } = await session.run({ image: toTensor(input, model.input) });
      const values = features?.data as Float32Array | undefined;
      if (!logits || values?.length !== channels * width * height) {
        throw new Error('genre.onnx does not give the outputs that genre.json describes');
      }
      return {
        scores: softmax(logits.data as Float32Array, model.temperature),
        features: { channels, width, height, values },
      };
    },
    gradient(genre) {
      return gradients[GENRES.indexOf(genre)] as Float32Array;
    },
  };
}

/** RGB rows → normalised planes [1, 3, size, size]. */
export function toTensor({ width, height, data }: Raster, { size, mean, std }: GenreModel['input']): Tensor {
  if (width !== size || height !== size) throw new RangeError(`the network takes ${size} × ${size} pixels`);
  const pixels = size * size;
  const planes = new Float32Array(3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    const scale = 1 / (std[channel] as number);
    const shift = -(mean[channel] as number) * scale;
    const start = channel * pixels;
    for (let i = 0; i < pixels; i++) planes[start + i] = (data[3 * i + channel] as number) * scale + shift;
  }
  return new Tensor('float32', planes, [1, 3, size, size]);
}
