import { describe, expect, it } from 'vitest';
import { messageSchema } from '../../../src/platforms/discord/event-schema.ts';
import { attachmentsOf, filesOf, picturesOf, vibeCall } from '../../../src/platforms/discord/picture-of.ts';
import { recorded } from './recorded.ts';

const CDN = 'https://cdn.discordapp.com/attachments/1';
const raw = recorded('messages', 'dm-text');
const message = (given: object) => messageSchema.parse({ ...raw, ...given });
const file = (filename: string, given: object = {}) => ({
  id: '7',
  filename,
  size: 5,
  url: `${CDN}/7/${filename}`,
  ...given,
});
const isPicture = (filename: string, given: object = {}) =>
  picturesOf(message({ attachments: [file(filename, given)] })).length === 1;
const gallery = (...items: readonly object[]) => ({ type: 12, items });
const item = (id: string | undefined, name: string, given: object = {}) => ({
  media: { url: `${CDN}/${id}/${name}?ex=1&is=2&hm=3`, ...(id && { attachment_id: id }) },
  ...given,
});

describe('a file that says it is a picture', () => {
  it.each(['a.jpg', 'a.JPEG', 'a.jfif', 'a.png', 'a.gif', 'a.webp', 'a.avif', 'IMG.HEIC', 'a.b.heif'])(
    '%s by its name',
    (name) => {
      expect(isPicture(name)).toBe(true);
      expect(isPicture(name, { content_type: null })).toBe(true);
      expect(isPicture(name, { content_type: 'application/octet-stream' })).toBe(true);
    },
  );

  it('by what Discord has found in it', () => {
    for (const type of ['image/jpeg', 'image/svg+xml', 'image/x-unknown']) {
      expect(isPicture('no_extension', { content_type: type })).toBe(true);
    }
  });

  it.each(['a.pdf', 'a.mp4', 'jpg', 'a.jpg.zip', 'a.tiff', 'a.svg', 'apng'])('%s is none', (name) => {
    expect(isPicture(name)).toBe(false);
    expect(isPicture(name, { content_type: 'video/mp4' })).toBe(false);
  });
});

describe('a covered picture', () => {
  const isCovered = (...files: readonly object[]) =>
    vibeCall(picturesOf(message({ attachments: files })), null, null, '7').spoiler;

  it('says so by a flag or, as it always was, by its name', () => {
    expect(isCovered(file('SPOILER_a.jpg', { flags: 8 }))).toBe(true);
    expect(isCovered(file('a.jpg', { flags: 8 | 32 }))).toBe(true);
    expect(isCovered(file('SPOILER_a.jpg'))).toBe(true);
    expect(isCovered(file('a.jpg', { flags: 4 }), file('a_SPOILER_.jpg'))).toBe(false);
    expect(isCovered(file('a.jpg'), file('b.jpg', { flags: 8 }))).toBe(true);
  });
});

describe('the files of a message', () => {
  it('are covered where what holds them is', () => {
    const hidden = { type: 17, spoiler: true, components: [gallery(item('2', 'two.jpg'))] };
    const [two] = filesOf(message({ components: [hidden] }));
    expect(two).toMatchObject({ name: 'two.jpg', isSpoiler: true });
    const box = { type: 13, file: item('3', 'three.jpg').media, spoiler: true };
    expect(filesOf(message({ components: [box] }))).toMatchObject([{ name: 'three.jpg', isSpoiler: true }]);
  });

  it('are those beside it and those that galleries show, wherever they stand', () => {
    const components = [
      gallery(item('1', 'one.jpg')),
      {
        type: 17,
        components: [{ type: 10, content: 'x' }, gallery(item('2', 'two.jpg', { spoiler: true }))],
      },
    ];
    expect(filesOf(message({ attachments: [file('three.jpg')], components }))).toEqual([
      { id: '7', name: 'three.jpg', type: null, size: 5, url: `${CDN}/7/three.jpg`, isSpoiler: false },
      {
        id: '1',
        name: 'one.jpg',
        type: null,
        size: null,
        url: `${CDN}/1/one.jpg?ex=1&is=2&hm=3`,
        isSpoiler: false,
      },
      {
        id: '2',
        name: 'two.jpg',
        type: null,
        size: null,
        url: `${CDN}/2/two.jpg?ex=1&is=2&hm=3`,
        isSpoiler: true,
      },
    ]);
  });

  it('are those that file components show', () => {
    const box = { type: 13, file: item('4', 'four.json').media, name: 'four.json', size: 5 };
    expect(filesOf(message({ components: [{ type: 17, components: [box] }] }))).toEqual([
      {
        id: '4',
        name: 'four.json',
        type: null,
        size: null,
        url: `${CDN}/4/four.json?ex=1&is=2&hm=3`,
        isSpoiler: false,
      },
    ]);
  });

  it('are no pictures from elsewhere', () => {
    const elsewhere = { media: { url: 'https://example.com/a.png', content_type: 'image/png' } };
    expect(filesOf(message({ components: [gallery(elsewhere)] }))).toEqual([]);
    const odd = { media: { url: 'no address', attachment_id: '5' } };
    expect(picturesOf(message({ components: [gallery(odd)] }))).toEqual([]);
  });

  it('are those that it forwards, too', () => {
    const forwarded = { attachments: [file('a.jpg')], components: [gallery(item('9', 'b.jpg'))] };
    const found = attachmentsOf(message({ message_snapshots: [{ message: forwarded }] }));
    expect(found.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
  });

  it('are found though components are of a form that nobody knows', () => {
    for (const components of [null, 'x', [{ type: 99, items: 'x' }], [{ type: 17, components: [5] }]]) {
      expect(filesOf(message({ attachments: [file('a.jpg')], components }))).toHaveLength(1);
    }
  });
});
