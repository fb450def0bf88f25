import { expect, it } from 'vitest';
import { withoutAttachments } from '../../src/platforms/without-attachments.ts';
import { file, makeCard, picture, text } from '../support/telegram-cards.ts';

const JPEG = { kind: 'jpeg', jpeg: Uint8Array.of(1) } as const;

it('leaves nothing of a picture, and of a file what it is, where it stood', () => {
  const pictures = makeCard({ blocks: [text('one'), picture(JPEG), text('two')] });
  expect(withoutAttachments(pictures)).toEqual({ ...pictures, blocks: [text('one'), text('two')] });
  const carrying = makeCard({ blocks: [text('one'), file(Uint8Array.of(1)), text('two')] });
  expect(withoutAttachments(carrying).blocks).toEqual([text('one'), text('All of it'), text('two')]);
});

it('leaves out only what it is told to', () => {
  const [small, large] = [file(new Uint8Array(1)), file(new Uint8Array(2))];
  const blocks = [picture(JPEG, 'a.jpg'), picture(JPEG, 'b.jpg'), small, large];
  const isLeftOut: Parameters<typeof withoutAttachments>[1] = (block) =>
    block.kind === 'image' ? block.fileName === 'a.jpg' : block.bytes.length > 1;
  expect(withoutAttachments(makeCard({ blocks }), isLeftOut).blocks).toEqual([
    picture(JPEG, 'b.jpg'),
    small,
    text('All of it'),
  ]);
});
