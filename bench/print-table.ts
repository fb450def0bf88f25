import type { BenchReport } from './main.ts';

const round = (value: number) => Number(value.toPrecision(3));

export function printTable({ cores, node, models, heic }: BenchReport): void {
  console.log(`${cores} cores, Node ${node}; milliseconds are medians`);
  console.table(
    Object.fromEntries(
      models.flatMap(({ model, stages }) =>
        Object.entries(stages).map(([size, timings]) => [
          `${model}, ${size}`,
          Object.fromEntries(Object.entries(timings).map(([stage, ms]) => [stage, round(ms)])),
        ]),
      ),
    ),
  );
  console.table(
    Object.fromEntries(
      models.map(({ model, load, peakMemoryMiB, startToFirstAnswerMs }) => [
        model,
        {
          'photos/s, all threads': round(load.photosPerSecond),
          'loop delay p99, 50 queued': round(load.eventLoopDelayP99),
          'loop delay max': round(load.eventLoopDelayMax),
          'peak MiB': Math.round(peakMemoryMiB),
          'start to answer': startToFirstAnswerMs === null ? '–' : Math.round(startToFirstAnswerMs),
        },
      ]),
    ),
  );
  console.log(`a small HEIC: ${round(heic.readMs)} ms, peak ${Math.round(heic.peakMemoryMiB)} MiB`);
  const rows = models.flatMap(({ model, versusOriginal }) =>
    Object.entries(versusOriginal ?? {}).map(([size, each]) => [
      `${model}, ${size}`,
      Object.fromEntries(Object.entries(each).map(([name, value]) => [name, round(value)])),
    ]),
  );
  if (rows.length > 0) console.table(Object.fromEntries(rows));
  else console.log('No comparison with the original: models/training/venv.sh makes the torch that it needs.');
}
