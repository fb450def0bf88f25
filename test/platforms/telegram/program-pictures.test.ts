import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { animatedGif, flat, quadrants } from '../../support/pictures.ts';
import { REPOSITORY } from '../../support/run-program.ts';
import { startTelegramProgram, type TelegramProgram } from '../../support/telegram-program.ts';

const fixture = (path: string) => readFile(join(REPOSITORY, 'test/fixtures', path));
const jpeg = (name: string) => fixture(`photos/${name}.jpg`);

let bot: TelegramProgram;
beforeAll(async () => {
  bot = await startTelegramProgram();
});
afterEach(() => expect(bot.fake.violations).toEqual([]));
afterAll(() => bot.close());

/** Somebody new in a private chat, and what the bot answers them in the end. */
function somebody() {
  const { fake, answers } = bot;
  const user = fake.user({ languageCode: 'en' });
  const chat = fake.privateChat(user);
  const answer = async (index = 0) => {
    await fake.waitUntil(
      () => answers(chat.id)[index]?.text && !answers(chat.id)[index]?.text.includes('One moment'),
    );
    const message = answers(chat.id)[index];
    if (!message) throw new Error('no answer');
    return message;
  };
  return { user, chat, answer };
}

const sizeOf = async (bytes: Uint8Array | undefined | null) => {
  const { width, height } = await sharp(bytes ?? undefined).metadata();
  return [width, height];
};

describe('pictures of every kind', () => {
  it('reads an image file by its bytes, whatever its name: PNG as text, HEIC from an iPhone', async () => {
    const { fake } = bot;
    const { user, answer } = somebody();
    const png = await sharp(await jpeg('flower'))
      .resize(300, 200)
      .png()
      .toBuffer();
    fake.sendDocument(png, { from: user, fileName: 'notes.txt', mimeType: 'text/plain' });
    expect(await sizeOf((await answer(0)).photo)).toEqual([300, 200]);
    const heic = await fixture('heic/cat.heic');
    fake.sendDocument(heic, { from: user, fileName: 'IMG_0001.HEIC', mimeType: 'image/heic' });
    expect((await answer(1)).text).toContain('Why this photo');
  });

  it('reads a static sticker, a GIF file’s first frame, and the still of what moves', async () => {
    const { fake } = bot;
    const { user, answer } = somebody();
    const still = await jpeg('cat');
    fake.sendSticker({ from: user, bytes: await quadrants(512, 512, 128).webp().toBuffer() });
    expect(await sizeOf((await answer(0)).photo)).toEqual([512, 512]);
    const gif = await animatedGif('#f00', '#00f');
    fake.sendDocument(gif, { from: user, fileName: 'a.gif', mimeType: 'image/gif' });
    const first = await sharp((await answer(1)).photo ?? undefined).stats();
    expect(first.channels[0]?.mean).toBeGreaterThan((first.channels[2]?.mean ?? 0) + 50);
    fake.sendSticker({ from: user, animated: true, thumbnail: still });
    expect(await sizeOf((await answer(2)).photo)).toEqual(await sizeOf(still));
    fake.sendAnimation({ from: user, thumbnail: still });
    expect(await sizeOf((await answer(3)).photo)).toEqual(await sizeOf(still));
  });

  it('reads an album as one: one card, a strip of the heatmaps, buttons', async () => {
    const { fake, answers } = bot;
    const { user, chat, answer } = somebody();
    const names = ['coffee', 'galaxies', 'cat', 'rocket', 'flower', 'pavilion'];
    const pictures = await Promise.all(names.map(jpeg));
    fake.sendAlbum(
      pictures.map((bytes) => ({ bytes })),
      { from: user },
    );
    const card = await answer();
    expect(card.text).toMatch(/6 photos read as one\. Number [1-6] speaks loudest/);
    const [width, height] = await sizeOf(card.photo);
    expect(width).toBe(3 * 400 + 2 * 8);
    expect(height).toBeLessThanOrEqual(2 * 400 + 8);
    expect(card.keyboard).toHaveLength(4);
    fake.press(card, 'Why not …?', user);
    const now = () => fake.message(chat.id, card.id) ?? card;
    await fake.waitUntil(() =>
      now()
        .keyboard?.flat()
        .some(({ text }) => text === '‹ Back'),
    );
    const other = now().keyboard?.[2]?.[0]?.text ?? '';
    fake.press(now(), other, user);
    await fake.waitUntil(() => now().text.startsWith(`Why ${other}?`));
    expect(await sizeOf(now().photo)).toEqual([width, height]);
    expect(answers(chat.id)).toHaveLength(1);
  });

  it('leaves out what cannot be read of an album, and says so', async () => {
    const { fake } = bot;
    const { user, answer } = somebody();
    const items = [await jpeg('coffee'), Buffer.from('no picture'), await jpeg('cat')];
    fake.sendAlbum(
      items.map((bytes) => ({ bytes })),
      { from: user },
    );
    expect((await answer()).text).toMatch(/2 photos read as one.*\n*.*One picture could not be read/);
  });

  it('shows a picture that is a line with margins, for Telegram takes none so long', async () => {
    const { fake } = bot;
    const { user, answer } = somebody();
    const line = await flat(1200, 6, '#a40').png().toBuffer();
    fake.sendDocument(line, { from: user, fileName: 'line.png', mimeType: 'image/png' });
    expect(await sizeOf((await answer()).photo)).toEqual([1200, 120]);
  });

  it('says kindly what it cannot read: an SVG, a song, nothing at all, a file of 30 MB', async () => {
    const { fake } = bot;
    const { user, answer } = somebody();
    const send = (bytes: Uint8Array, fileSize?: number) =>
      fake.sendDocument(bytes, {
        from: user,
        fileName: 'photo.jpg',
        mimeType: 'image/jpeg',
        ...(fileSize && { fileSize }),
      });
    send(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
    expect((await answer(0)).text).toMatch(/SVG/);
    send(Buffer.from('ID3\u0004 a song'));
    expect((await answer(1)).text).toMatch(/not a picture/);
    send(await jpeg('cat'), 30 * 1024 * 1024);
    expect((await answer(2)).text).toMatch(/20 MB/);
    fake.sendSticker({ from: user, video: true });
    expect((await answer(3)).text).toMatch(/no still picture/);
    fake.sendVideo({ from: user });
    expect((await answer(4)).text).toMatch(/not a picture/);
  });
});

describe('many at once', () => {
  it('tells who sends more than three that they wait, and puts the answer in that message’s place', async () => {
    const { fake, answers } = bot;
    const { user, chat } = somebody();
    const release = fake.hold('getFile');
    const bytes = await jpeg('rocket');
    for (let sent = 0; sent < 5; sent++) fake.sendPhoto(bytes, { from: user });
    await fake.waitUntil(() => answers(chat.id).length === 2);
    expect(answers(chat.id).map(({ text }) => text)).toEqual([
      'One moment, yours is number 1 in line.',
      'One moment, yours is number 2 in line.',
    ]);
    release();
    await fake.waitUntil(
      () => answers(chat.id).filter(({ text }) => text.includes('Why this photo')).length === 5,
    );
    expect(answers(chat.id)).toHaveLength(5);
  });

  it('asks who sends too many in a minute to slow down, once', async () => {
    const { fake, answers } = bot;
    const { user, chat } = somebody();
    const bytes = await jpeg('rocket');
    for (let sent = 0; sent < 23; sent++) fake.sendPhoto(bytes, { from: user });
    const told = () => answers(chat.id).filter(({ text }) => text.includes('a lot at once'));
    const read = () => answers(chat.id).filter(({ text }) => text.includes('Why this photo'));
    await fake.waitUntil(() => told().length === 1 && read().length === 20, { timeoutMs: 50_000 });
    expect(answers(chat.id)).toHaveLength(21);
  });
});
