import { MessageFlags, type RawFile } from 'discord.js';
import type { Encode } from '../../core/action.ts';
import type { Card } from '../../core/card.ts';
import { songsOf } from '../card-paragraphs.ts';
import { type Attachment, withoutAttachments } from '../without-attachments.ts';
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
 * A card as the body of a message, with the files to send along: those that the message does not have yet. Pictures and
 * files that are larger than `maxFileBytes`, or that should be there and are not, are left out. Songs are a message of
 * another kind: what is one stays one.
 */
export function messageBody(
  card: Card,
  encode: Encode,
  { shown, maxFileBytes }: { readonly shown: readonly ShownFile[]; readonly maxFileBytes: number },
): MessageBody {
  if (songsOf(card))
    return { body: { allowed_mentions: NO_MENTIONS, ...renderSongs(card, encode) }, files: [] };
  const isShown = ({ fileName }: Attachment) => shown.some(({ name }) => name === fileName);
  const fits = (block: Attachment) => (bytesOf(block)?.length ?? Number.POSITIVE_INFINITY) <= maxFileBytes;
  const shownCard = withoutAttachments(card, (block) => !isShown(block) && !fits(block));
  const { components, attachments: carried } = renderCard(shownCard, encode);
  const files = carried.filter((block) => !isShown(block)).flatMap(fileOf);
  // whatever is not listed goes; without new ones nothing does
  const kept = shown.filter(({ name }) => carried.some(({ fileName }) => fileName === name));
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

/** null: the message should have it already. */
function bytesOf(block: Attachment): Uint8Array | null {
  if (block.kind === 'file') return block.bytes;
  return block.content.kind === 'jpeg' ? block.content.jpeg : null;
}

function fileOf(block: Attachment): RawFile[] {
  const bytes = bytesOf(block);
  if (!bytes) return [];
  const contentType = block.kind === 'file' ? block.mediaType : 'image/jpeg';
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [{ name: block.fileName, data, contentType }];
}
