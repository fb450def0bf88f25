import type { Card } from '../core/card.ts';

/** For where pictures may not be posted. */
export function withoutImages(card: Card): Card {
  return { ...card, blocks: card.blocks.filter(({ kind }) => kind !== 'image') };
}
