import type { Action } from '../../src/core/action.ts';
import { encodeAction } from '../../src/core/action.ts';
import type { Block, Card, FileBlock, ImageBlock, ImageContent } from '../../src/core/card.ts';
import { createMac } from '../../src/services/signing-keys.ts';

export const RESULT = 'b-_4567890123456';
const mac = createMac(new TextEncoder().encode('a secret of the tests'), 'buttons');
export const encode = (action: Action) => encodeAction(action, mac);

/** A card with the title 'Jazz' and nothing else, unless told. */
export function makeCard(given: Partial<Card> = {}): Card {
  return {
    kind: 'card',
    language: 'en',
    accent: 'jazz',
    title: 'Jazz',
    blocks: [],
    buttons: [],
    resultId: null,
    ...given,
  };
}

export function picture(content: ImageContent, fileName = 'jazz.jpg', spoiler = false): ImageBlock {
  const altText = 'Dark, with a bright spot.';
  return { kind: 'image', label: 'Heatmap', fileName, content, altText, spoiler };
}

export function file(bytes: Uint8Array, fileName = 'all-of-it.json'): FileBlock {
  return { kind: 'file', fileName, mediaType: 'application/json', bytes, label: 'All of it' };
}

export const text = (words: string, given: { heading?: string; quiet?: boolean } = {}): Block => ({
  kind: 'text',
  text: words,
  ...given,
});
