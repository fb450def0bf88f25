import type { Block, Button, Card } from './card.ts';
import type { Language } from './types.ts';

/** A card about no photo: a title, paragraphs, and buttons. */
export function textCard(
  language: Language,
  title: string,
  paragraphs: readonly (string | Block)[],
  buttons: readonly (readonly Button[])[] = [],
): Card {
  const blocks = paragraphs.map(
    (each): Block => (typeof each === 'string' ? { kind: 'text', text: each } : each),
  );
  return { kind: 'card', language, accent: null, title, blocks, buttons, resultId: null };
}
