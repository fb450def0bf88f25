import { type VibeDependencies, vibe } from '../../../commands/vibe.ts';
import type { Card } from '../../core/card.ts';
import type { Arguments } from './arguments.ts';
import { writeHeatmap } from './heatmap-file.ts';
import { renderCard } from './render.ts';

/** A photo's finished card as text for people; its heatmap is written to a file. */
export async function readAsText(
  file: string,
  { why, language, out }: Arguments,
  style: { readonly colour: boolean; readonly columns: number },
  dependencies: VibeDependencies<string>,
  signal: AbortSignal,
): Promise<string> {
  let last: Card | undefined;
  const wanted = { images: [file], why, language, spoiler: false, withPhoto: false };
  for await (const card of vibe(wanted, dependencies, signal)) last = card;
  if (!last) throw new Error('the command gave no card');
  const paths = new Map<string, string>();
  for (const block of last.blocks) {
    if (block.kind === 'image' && block.content.kind === 'jpeg') {
      paths.set(block.fileName, await writeHeatmap(out, file, block.fileName, block.content.jpeg));
    }
  }
  return renderCard(last, file, { ...style, imagePath: ({ fileName }) => paths.get(fileName) ?? fileName });
}
