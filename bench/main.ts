/** `npm run bench [-- --json]`: what each stage costs, what the bot can bear, and the ratio to the original's path. */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { compareWithOriginal } from './compare-with-original.ts';
import { measureLoad, measureStages, readOne } from './measure-reader.ts';
import { median } from './median.ts';
import { openReader, SHIPPED_MODEL } from './open-reader.ts';
import { makePhotos } from './photos.ts';
import { printTable } from './print-table.ts';
import { runPython, trainingPython } from './training-python.ts';

const run = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export type BenchReport = Awaited<ReturnType<typeof bench>>;

async function bench(work: string) {
  const photos = await makePhotos(join(work, 'small'), 20, 1280, 960);
  const large = await makePhotos(join(work, 'large'), 6, 4000, 3000);
  const python = trainingPython();
  const models: [string, URL][] = [['shipped', SHIPPED_MODEL]];
  if (python) models.push(['resnet34', await exportResnet(python, join(work, 'resnet34'))]);
  const report = [];
  for (const [name, folder] of models) {
    report.push({ model: name, ...(await measureModel(folder, { photos, large, python, work })) });
  }
  return {
    cores: availableParallelism(),
    node: process.version,
    models: report,
    heic: await measureHeic(work),
  };
}

async function exportResnet(python: string, folder: string): Promise<URL> {
  await mkdir(folder);
  await runPython(python, './resnet34.py', folder);
  return pathToFileURL(`${folder}/`);
}

async function measureModel(
  folder: URL,
  { photos, large, python, work }: { photos: string[]; large: string[]; python: string | null; work: string },
) {
  const many = Array.from({ length: 50 }, (_, i) => photos[i % photos.length] as string);
  const peakMemoryMiB = await peakMemory(folder, many);
  const reader = await openReader(folder, photos[0] as string);
  try {
    return {
      stages: {
        '1280×960': await measureStages(reader, photos),
        '12 MP': await measureStages(reader, large),
      },
      load: await measureLoad(reader, many),
      peakMemoryMiB,
      startToFirstAnswerMs:
        folder === SHIPPED_MODEL ? await startToFirstAnswer(photos[0] as string, work) : null,
      versusOriginal: python
        ? {
            '1280×960': await compareWithOriginal(reader, python, photos),
            '12 MP': await compareWithOriginal(reader, python, large),
          }
        : null,
    };
  } finally {
    await reader.close();
  }
}

/** One HEIC of 451 × 300, on its own: a thread and a WebAssembly decoder are started for each. */
async function measureHeic(work: string) {
  const heic = here('../test/fixtures/heic/cat.heic');
  const reader = await openReader(SHIPPED_MODEL, heic);
  try {
    const times: number[] = [];
    for (let i = 0; i < 5; i++) times.push(await readOne(reader, heic, join(work, 'heic.jpg')));
    return { readMs: median(times), peakMemoryMiB: await peakMemory(SHIPPED_MODEL, [heic]) };
  } finally {
    await reader.close();
  }
}

async function peakMemory(folder: URL, photos: readonly string[]): Promise<number> {
  const program = ['--import', here('../src/prelude.js'), here('./peak-memory.ts')];
  const { stdout } = await run(process.execPath, [...program, fileURLToPath(folder), ...photos]);
  return Number(stdout);
}

/** The whole program as npm starts it, from its start to its end, for one photo: the median of five. */
async function startToFirstAnswer(photo: string, work: string): Promise<number> {
  const program = ['--import', here('../src/prelude.js'), here('../src/main.ts'), 'vibe', '--json'];
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const began = performance.now();
    await run(process.execPath, [...program, '--out', work, photo]);
    times.push(performance.now() - began);
  }
  return median(times);
}

const work = await mkdtemp(join(tmpdir(), 'vibe-bench-'));
try {
  const report = await bench(work);
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else printTable(report);
} finally {
  await rm(work, { recursive: true });
}
