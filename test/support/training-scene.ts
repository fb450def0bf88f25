import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { packTar } from '../../deploy/training/pack-tar.ts';
import { GENRES } from '../../src/core/genre.ts';
import { gradCam } from '../../src/core/grad-cam.ts';
import { loadGenreModel } from '../../src/services/genre-model.ts';
import { createOnnxClassifier } from '../../src/services/onnx-classifier.ts';
import { createSharpCodec } from '../../src/services/sharp-codec.ts';
import { type FakeAws, startFakeAws } from './aws/fake-aws.ts';
import { type Ended, REPOSITORY } from './run-program.ts';

const PHOTOS = ['cat', 'coffee'];

/** What models/training leaves, of the repository's own network. */
export async function trainedFiles(): Promise<Map<string, Buffer>> {
  const files = new Map([['metrics.json', Buffer.from('{}')]]);
  for (const name of ['genre.onnx', 'genre.json', 'loss.png', 'confusion.png']) {
    files.set(name, await readFile(join(REPOSITORY, 'models', name)));
  }
  const loaded = await loadGenreModel(pathToFileURL(`${REPOSITORY}models/`));
  const classifier = await createOnnxClassifier(loaded);
  const codec = createSharpCodec({ inputSize: loaded.model.input.size });
  for (const name of PHOTOS) {
    const { input } = await codec.decode(
      await readFile(join(REPOSITORY, 'test/fixtures/photos', `${name}.jpg`)),
    );
    const { scores, features } = await classifier.classify(input);
    const map = gradCam('jazz', features, classifier.gradient('jazz'));
    // the head's output but for its mean, which the probabilities do not tell
    const logits = GENRES.map((genre) => 7 + loaded.model.temperature * Math.log(scores[genre]));
    const golden = { photo: `${name}.jpg`, logits, cam: { genre: 'jazz', values: [...map.values] } };
    files.set(`goldens/${name}.json`, Buffer.from(JSON.stringify(golden)));
    const { width, height, data } = input;
    files.set(
      `inputs/${name}.png`,
      await sharp(data, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer(),
    );
  }
  return files;
}

/** As SageMaker packs it. */
export function asArtifact(files: ReadonlyMap<string, Buffer>): Buffer {
  return gzipSync(packTar(files), { level: 1 });
}

export const BUCKET = 'vibe-archive';
export const ROLE = 'arn:aws:iam::123456789012:role/vibe-training';

/** A local AWS with a data set in its bucket, and a folder; both go when the test does. */
export interface TrainingScene {
  readonly aws: FakeAws;
  readonly folder: string;
  run(start: string, args: readonly string[], env?: Readonly<Record<string, string>>): Running;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves once it has printed it. */
  printed(text: string): Promise<void>;
}

export async function openTrainingScene(): Promise<TrainingScene> {
  const aws = await startFakeAws();
  const folder = await mkdtemp(join(tmpdir(), 'vibe-training-'));
  const children: ChildProcess[] = [];
  onTestFinished(async () => {
    for (const child of children) child.kill('SIGKILL');
    await aws.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    aws,
    folder,
    run(start, args, env = aws.accountSettings) {
      const running = spawnProgram(start, args, env);
      children.push(running.child);
      return running;
    },
  };
}

function spawnProgram(
  start: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Running {
  const { PATH = '' } = process.env;
  const argv = ['--import', './src/prelude.js', start, ...args];
  const child = spawn(process.execPath, argv, { cwd: REPOSITORY, env: { PATH, ...env } });
  const all = { stdout: '', stderr: '' };
  const readers = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (text) => {
      all[stream] += text;
      for (const read of readers) read();
    });
  }
  return {
    child,
    ended: once(child, 'close').then(([code]) => ({ code: Number(code), ...all })),
    async printed(text) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const read = () => all.stdout.includes(text) && resolve();
      readers.add(read);
      read();
      await promise;
    },
  };
}
