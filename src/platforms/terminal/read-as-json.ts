import { heatmapFileName } from '../../core/heatmap-file-name.ts';
import { readPhoto } from '../../core/read-photo.ts';
import type { Reading } from '../../core/types.ts';
import type { Arguments } from './arguments.ts';
import { writeHeatmap } from './heatmap-file.ts';
import type { ReadFileDependencies } from './platform.ts';
import { renderReadingJson } from './render-json.ts';
import { songsOf } from './songs.ts';

/** A photo's finished reading as one line of JSON; its heatmap is written to a file. */
export async function readAsJson(
  file: string,
  { why, language, out }: Arguments,
  dependencies: ReadFileDependencies,
  signal: AbortSignal,
): Promise<string> {
  const bytes = await dependencies.imageSource.fetch(file, signal);
  const wanted = { bytes, why, withPhoto: false, withCopy: false, language, asker: null };
  let last: Reading | undefined;
  for await (const reading of readPhoto(wanted, dependencies, signal)) last = reading;
  if (!last) throw new Error('the pipeline gave no reading');
  const path = await writeHeatmap(out, file, heatmapFileName(last), last.look.heatmap.jpeg);
  const songs = await songsOf(last.ranking[0] ?? last.genre, dependencies.trackSource, signal);
  return `${renderReadingJson({ file, reading: last, songs, heatmap: path }, language)}\n`;
}
