import { vibe } from '../../../commands/vibe.ts';
import type { Card } from '../../core/card.ts';
import type { Genre } from '../../core/genre.ts';
import { REGIONS } from '../../core/playlist.ts';
import { tracksBlock } from '../../core/present-tracks.ts';
import type { Arguments } from './arguments.ts';
import { writeHeatmap } from './heatmap-file.ts';
import type { ReadFileDependencies } from './platform.ts';
import { renderCard } from './render.ts';
import { songsOf } from './songs.ts';

/** A photo's finished card as text for people; its heatmap is written to a file. */
export async function readAsText(
  file: string,
  { why, language, out }: Arguments,
  style: { readonly colour: boolean; readonly columns: number },
  dependencies: ReadFileDependencies,
  signal: AbortSignal,
): Promise<string> {
  let last: Card | undefined;
  let genre: Genre | undefined;
  const keep: ReadFileDependencies['keep'] = (reading, measured) => {
    genre = reading.ranking[0];
    return dependencies.keep(reading, measured);
  };
  const shown = { withPhoto: false, withCopy: false, offersTracks: false, spoiler: false, platform: null };
  const wanted = { images: [file], why, language, asker: null, ...shown };
  for await (const card of vibe(wanted, { ...dependencies, keep }, signal)) last = card;
  if (!last || !genre) throw new Error('the command gave no card');
  const songs = await songsOf(genre, dependencies.trackSource, signal);
  for (const region of REGIONS) {
    const page = songs[region];
    if (page) last = { ...last, blocks: [...last.blocks, tracksBlock(page, genre, region, language)] };
  }
  const paths = new Map<string, string>();
  for (const block of last.blocks) {
    if (block.kind === 'image' && block.content.kind === 'jpeg') {
      paths.set(block.fileName, await writeHeatmap(out, file, block.fileName, block.content.jpeg));
    }
  }
  return renderCard(last, file, { ...style, imagePath: ({ fileName }) => paths.get(fileName) ?? fileName });
}
