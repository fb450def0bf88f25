import { MessageFlags, type RawFile } from 'discord.js';
import type { Encode } from '../../core/action.ts';
import type { Card, ImageBlock } from '../../core/card.ts';
import { songsOf } from '../card-paragraphs.ts';
import { renderCard } from './render.ts';
import { renderSongs } from './render-songs.ts';

/** A file that a message has already. */
export interface ShownFile {
  readonly id: string;
  readonly name: string;
}

export interface MessageBody {
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: RawFile[];
}

/** Nobody is to be notified by what stands in a message of ours. */
export const NO_MENTIONS = { parse: [] };

/**
 * A card as the body of a message, with the files to send along: those that the message does not have yet. Pictures that
 * are larger than `maxFileBytes`, or that should be there and are not, are left out. Songs are a message of another kind:
 * what is one stays one.
 */
export function messageBody(
  card: Card,
  encode: Encode,
  { shown, maxFileBytes }: { readonly shown: readonly ShownFile[]; readonly maxFileBytes: number },
): MessageBody {
  if (songsOf(card))
    return { body: { allowed_mentions: NO_MENTIONS, ...renderSongs(card, encode) }, files: [] };
  const isShown = ({ fileName }: ImageBlock) => shown.some(({ name }) => name === fileName);
  const fits = ({ content }: ImageBlock) => content.kind === 'jpeg' && content.jpeg.length <= maxFileBytes;
  const blocks = card.blocks.filter((block) => block.kind !== 'image' || isShown(block) || fits(block));
  const { components, images } = renderCard({ ...card, blocks }, encode);
  const files = images.filter((image) => !isShown(image)).flatMap(fileOf);
  // whatever is not listed goes; without new ones nothing does
  const kept = shown.filter(({ name }) => images.some(({ fileName }) => fileName === name));
  const attachments = [
    ...kept.map(({ id }) => ({ id })),
    ...files.map(({ name }, index) => ({ id: `${index}`, filename: name })),
  ];
  return {
    body: {
      flags: MessageFlags.IsComponentsV2,
      allowed_mentions: NO_MENTIONS,
      components,
      ...(files.length > 0 && { attachments }),
    },
    files,
  };
}

function fileOf({ fileName: name, content }: ImageBlock): RawFile[] {
  if (content.kind !== 'jpeg') return [];
  const { buffer, byteOffset, byteLength } = content.jpeg;
  return [{ name, data: Buffer.from(buffer, byteOffset, byteLength), contentType: 'image/jpeg' }];
}
