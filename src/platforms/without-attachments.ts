import type { Block, Card, FileBlock, ImageBlock } from '../core/card.ts';

/** What a platform carries beside the words. */
export type Attachment = FileBlock | ImageBlock;

/** The card without its pictures and its file, or only without those that are left out; of a file its label stays. */
export function withoutAttachments(card: Card, isLeftOut: (block: Attachment) => boolean = () => true): Card {
  const blocks = card.blocks.flatMap((block): readonly Block[] => {
    if ((block.kind !== 'file' && block.kind !== 'image') || !isLeftOut(block)) return [block];
    return block.kind === 'file' ? [{ kind: 'text', text: block.label }] : [];
  });
  return { ...card, blocks };
}
