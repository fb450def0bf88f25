import { describe, expect, it } from 'vitest';
import type { Block, ImageContent } from '../../../src/core/card.ts';
import { file, makeCard, picture, text } from '../../support/telegram-cards.ts';
import { bodyOf, type CardBody, openChannel } from './show-card.ts';

const jpeg = (bytes: number): ImageContent => ({ kind: 'jpeg', jpeg: new Uint8Array(bytes).fill(7) });
const STORED: ImageContent = { kind: 'stored', reference: 'any' };
const card = (...blocks: readonly Block[]) => makeCard({ blocks });

/** The names of the pictures that a body shows. */
function galleryIn({ components }: CardBody): readonly string[] {
  const [container] = components;
  const items = container?.components?.flatMap((component) => component.items ?? []) ?? [];
  return items.map(({ media }) => media.url.replace('attachment://', ''));
}

describe('the body of a message', () => {
  it('is of components, and notifies nobody, whatever it holds', () => {
    const shown = [{ id: '5', name: 'a.jpg' }];
    for (const { body } of [
      bodyOf(card()),
      bodyOf(card(text('@everyone <@1>'))),
      bodyOf(card(picture(jpeg(3), 'a.jpg'))),
      bodyOf(card(picture(STORED, 'a.jpg')), shown),
    ]) {
      expect(body).toMatchObject({ flags: 32768, allowed_mentions: { parse: [] } });
      expect(body).not.toHaveProperty('content');
      expect(body).not.toHaveProperty('embeds');
    }
  });

  it('lists no files where none are sent, for what is not listed would go', () => {
    for (const { body, files } of [
      bodyOf(card()),
      bodyOf(card(), [{ id: '5', name: 'a.jpg' }]),
      bodyOf(card(picture(jpeg(3), 'a.jpg')), [{ id: '5', name: 'a.jpg' }]),
    ]) {
      expect(body).not.toHaveProperty('attachments');
      expect(files).toEqual([]);
    }
  });

  it('sends the pictures that the message does not have', () => {
    const { body, files } = bodyOf(card(picture(jpeg(3), 'a.jpg'), picture(jpeg(4), 'b.jpg')));
    expect(files).toEqual([
      { name: 'a.jpg', data: Buffer.alloc(3, 7), contentType: 'image/jpeg' },
      { name: 'b.jpg', data: Buffer.alloc(4, 7), contentType: 'image/jpeg' },
    ]);
    expect(body.attachments).toEqual([
      { id: '0', filename: 'a.jpg' },
      { id: '1', filename: 'b.jpg' },
    ]);
    expect(galleryIn(body)).toEqual(['a.jpg', 'b.jpg']);
  });

  it('sends the bytes of a picture and none of those around them', () => {
    const whole = Uint8Array.from([1, 2, 3, 4, 5]);
    const { files } = bodyOf(card(picture({ kind: 'jpeg', jpeg: whole.subarray(1, 4) }, 'a.jpg')));
    expect(files[0]?.data).toEqual(Buffer.from([2, 3, 4]));
  });

  it('sends a file as what it is, from its own part of a buffer, unless the message has it', () => {
    const whole = Uint8Array.from([1, 2, 3, 4, 5]);
    const { body, files } = bodyOf(card(file(whole.subarray(1, 4), 'a.json')));
    expect(files).toEqual([
      { name: 'a.json', data: Buffer.from([2, 3, 4]), contentType: 'application/json' },
    ]);
    expect(body.attachments).toEqual([{ id: '0', filename: 'a.json' }]);
    expect(body.components[0]?.components?.[1]).toEqual({
      type: 13,
      file: { url: 'attachment://a.json' },
    });
    const again = bodyOf(card(file(whole, 'a.json')), [{ id: '5', name: 'a.json' }]);
    expect(again.files).toEqual([]);
    expect(again.body).not.toHaveProperty('attachments');
    expect(again.body.components).toEqual(body.components);
  });

  it('keeps what the message shows when it sends something new, and drops what it does not show any more', () => {
    const shown = [
      { id: '5', name: 'photo.jpg' },
      { id: '6', name: 'jazz.jpg' },
    ];
    const next = card(picture(jpeg(3), 'rock.jpg'), picture(jpeg(4), 'photo.jpg'));
    const { body, files } = bodyOf(next, shown);
    expect(files.map(({ name }) => name)).toEqual(['rock.jpg']);
    expect(body.attachments).toEqual([{ id: '5' }, { id: '0', filename: 'rock.jpg' }]);
    expect(galleryIn(body)).toEqual(['rock.jpg', 'photo.jpg']);
  });

  it('leaves out pictures that are too large for the chat', () => {
    const two = card(picture(jpeg(1000), 'a.jpg'), picture(jpeg(1001), 'b.jpg'));
    const { body, files } = bodyOf(two, [], 1000);
    expect(galleryIn(body)).toEqual(['a.jpg']);
    expect(files.map(({ name }) => name)).toEqual(['a.jpg']);
    const none = bodyOf(card(picture(jpeg(1001))), [], 1000);
    expect(none.body.components[0]?.components?.map(({ type }) => type)).toEqual([10]);
    expect(none.body).not.toHaveProperty('attachments');
    const words = bodyOf(card(file(new Uint8Array(1001), 'a.json')), [], 1000);
    expect(words.body.components[0]?.components?.[1]).toEqual({ type: 10, content: 'All of it' });
    expect(words.files).toEqual([]);
    // what is there was not too large
    const shown = [{ id: '5', name: 'b.jpg' }];
    expect(galleryIn(bodyOf(two, shown, 1000).body)).toEqual(['a.jpg', 'b.jpg']);
  });

  it('leaves out pictures that should be there and are not', () => {
    const two = card(picture(STORED, 'a.jpg'), picture(STORED, 'b.jpg'));
    expect(galleryIn(bodyOf(two, [{ id: '5', name: 'b.jpg' }]).body)).toEqual(['b.jpg']);
    const { body, files } = bodyOf(two);
    expect(galleryIn(body)).toEqual([]);
    expect(files).toEqual([]);
    expect(body).not.toHaveProperty('attachments');
  });
});

describe('a message that is changed', () => {
  const both = ['jazz.jpg', 'photo.jpg'];
  const stored = (...names: readonly string[]) => card(...names.map((name) => picture(STORED, name)));

  /** A message with two pictures, and how to change it as somebody who knows its files. */
  async function posted() {
    const { post, edit } = await openChannel();
    const { id, pictures } = await post(card(picture(jpeg(3), both[0]), picture(jpeg(4), both[1])));
    const shown = pictures.map(({ url }, index) => ({
      id: url.split('/')[5] ?? '',
      name: both[index] ?? '',
    }));
    return (next: ReturnType<typeof card>) => edit(id, next, shown);
  }

  it('shows what it had beside what is new, and nothing else is left of it', async () => {
    const change = await posted();
    const { pictures, files } = await change(
      card(picture(jpeg(5), 'rock.jpg'), picture(STORED, 'photo.jpg')),
    );
    expect(pictures.map(({ bytes }) => bytes?.length)).toEqual([5, 4]);
    expect([...files.keys()].sort()).toEqual(['photo.jpg', 'rock.jpg']);
  });

  it('keeps all that it has where nothing is new', async () => {
    const change = await posted();
    const { pictures, files } = await change(stored('photo.jpg'));
    expect(pictures.map(({ bytes }) => bytes?.length)).toEqual([4]);
    expect([...files.keys()].sort()).toEqual(both);
    const again = await change(stored(...both));
    expect(again.pictures.map(({ bytes }) => bytes?.length)).toEqual([3, 4]);
  });
});
