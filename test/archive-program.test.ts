import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPersonOf } from '../src/create-person-of.ts';
import { LANGUAGES } from '../src/languages/languages.ts';
import { createMac } from '../src/services/signing-keys.ts';
import { type ArchiveScene, openArchiveScene } from './support/archive-program.ts';
import { fixture, SIGNING_SECRET } from './support/discord-program.ts';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const WORDS = 'Why this photo';
const { ask, forget, toasts } = LANGUAGES.en.privacy;
const personOf = createPersonOf(createMac(new TextEncoder().encode(SIGNING_SECRET), 'pseudonyms'));

/** Everything that the program has written, as one text. */
async function onDisk(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

/** Somebody whose photos are kept, from the first one on. */
async function consenting({ telegram, said, stored }: ArchiveScene) {
  const ann = telegram.user();
  telegram.sendPhoto(await fixture('coffee.jpg'), { from: ann });
  const [first] = await said(ann.id, WORDS);
  if (!first) throw new Error('no answer');
  telegram.press(first, 'Keep my photos', ann);
  await stored('images/', 1);
  return { ann, first };
}

const recordsOf = ({ aws, keys }: ArchiveScene) =>
  keys('records/').map((key) => JSON.parse(aws.objects.get(key)?.bytes.toString() ?? ''));

describe('a photo whose owner lets us keep it', () => {
  it('reaches S3, the one of the question as well, small, without metadata, under a pseudonym, with its vote', async () => {
    const scene = await openArchiveScene();
    const { telegram, aws, said, stored, keys } = scene;
    await scene.start();
    const { ann, first } = await consenting(scene);
    expect(first.text).toContain(ask.telegram);
    await telegram.waitUntil(() => !scene.answers(ann.id)[0]?.text.includes(ask.telegram));
    telegram.sendPhoto(await fixture('galaxies.jpg'), { from: ann });
    const [, second] = await said(ann.id, WORDS, 2);
    expect(second?.text).not.toContain(ask.telegram);
    const images = await stored('images/', 2);
    for (const key of images) {
      const { bytes, contentType, serverSideEncryption } = aws.objects.get(key) ?? {};
      expect(key).toBe(
        `images/${createHash('sha256')
          .update(bytes ?? '')
          .digest('hex')}.jpg`,
      );
      expect({ contentType, serverSideEncryption }).toEqual({
        contentType: 'image/jpeg',
        serverSideEncryption: 'AES256',
      });
      const { width, height, exif, icc, xmp } = await sharp(bytes).metadata();
      expect(Math.max(width, height)).toBeLessThanOrEqual(1024);
      expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
    }
    if (!second) throw new Error('no answer');
    telegram.press(second, '👍', ann);
    await aws.waitForCall(() => recordsOf(scene).some(({ vote }) => vote?.up === true), {
      timeoutMs: 30_000,
    });
    const { pseudonym } = personOf('telegram', `${ann.id}`);
    expect(keys('records/').every((key) => key.startsWith(`records/${pseudonym}/`))).toBe(true);
    expect(recordsOf(scene)).toContainEqual(
      expect.objectContaining({
        platform: 'telegram',
        trainable: true,
        consent: { basis: 'person', version: expect.any(String) },
        vote: { up: true, genre: null },
      }),
    );
    expect(aws.calls.filter(({ method }) => method === 'PutObject').length).toBeGreaterThanOrEqual(4);
  });

  it('is there once, whatever dies on the way', async () => {
    const scene = await openArchiveScene();
    const { telegram, aws, said, stored } = scene;
    const program = await scene.start();
    const { ann } = await consenting(scene);
    const lost = aws.fail({ method: 'Invoke:vibe-archive', kind: 'drop-reply', ...ALWAYS });
    telegram.sendPhoto(await fixture('galaxies.jpg'), { from: ann });
    await said(ann.id, WORDS, 2);
    await stored('images/', 2);
    await program.stop('SIGKILL');
    expect(await readdir(join(scene.stateFolder, 'outbox', 'waiting'))).toHaveLength(1);
    lost.release();
    const next = await scene.start();
    const after = aws.calls.length;
    await aws.waitForCall('Invoke:vibe-archive', { after, timeoutMs: 30_000 }).catch(() => null);
    await expect
      .poll(() => readdir(join(scene.stateFolder, 'outbox', 'waiting')), { timeout: 30_000 })
      .toEqual([]);
    expect(scene.keys('images/')).toHaveLength(2);
    for (const key of scene.keys('images/')) expect(aws.versions(key)).toHaveLength(1);
    expect(await next.stop('SIGTERM')).toBe(0);
  });

  it('goes nowhere, and nothing waits, without a word or against it', async () => {
    const scene = await openArchiveScene();
    const { telegram, aws, said } = scene;
    const program = await scene.start();
    const ann = telegram.user();
    telegram.sendPhoto(await fixture('coffee.jpg'), { from: ann });
    const [first] = await said(ann.id, WORDS);
    if (!first) throw new Error('no answer');
    telegram.press(first, 'Don’t keep', ann);
    const { params } = await telegram.waitForCall('answerCallbackQuery');
    expect(params['text']).toBe(toasts.dropped);
    telegram.sendPhoto(await fixture('galaxies.jpg'), { from: ann });
    await said(ann.id, WORDS, 2);
    expect(await program.stop('SIGTERM')).toBe(0);
    expect(aws.calls).toEqual([]);
    expect(await readdir(join(scene.stateFolder, 'outbox', 'waiting'))).toEqual([]);
  });
});

describe('somebody who asks to be forgotten', () => {
  it('is gone from everywhere, is told so, and gets a file before of all that there was', async () => {
    const scene = await openArchiveScene();
    const { telegram, aws, said, stored } = scene;
    const program = await scene.start();
    const { ann } = await consenting(scene);
    await stored('records/', 1);
    telegram.sendText('/export', { from: ann });
    await telegram.waitUntil(() => scene.answers(ann.id).some(({ document }) => document));
    const file = scene.answers(ann.id).find(({ document }) => document)?.document;
    const known = JSON.parse(`${file}`);
    expect(known).toMatchObject({
      you: { platform: 'telegram', id: `${ann.id}` },
      keepingPhotos: { keep: true },
      keptPhotos: [{ record: { platform: 'telegram' }, waits: expect.any(Boolean) }],
      results: [{ owner: `${ann.id}` }],
    });
    telegram.sendText('/forget', { from: ann });
    await said(ann.id, forget.archiveToo);
    await said(ann.id, forget.all);
    expect([...aws.objects.keys()]).toEqual([]);
    expect(aws.versions(`images/${known.keptPhotos[0].sha256}.jpg`)).toEqual([]);
    expect(await aws.rows()).toEqual([]);
    expect(await program.stop('SIGTERM')).toBe(0);
    const disk = await onDisk(scene.stateFolder);
    const { pseudonym } = personOf('telegram', `${ann.id}`);
    expect(disk).not.toContain(`telegram:user:${ann.id}`);
    expect(disk).not.toContain(known.keptPhotos[0].sha256);
    expect(disk.split(pseudonym).length - 1).toBeLessThanOrEqual(3); // for a day, that it was asked: a row, and the key of what they were told
  });

  it('is forgotten when AWS comes back, however often the program starts, and told then', async () => {
    const scene = await openArchiveScene();
    const { telegram, aws, said } = scene;
    const program = await scene.start();
    const { ann } = await consenting(scene);
    const down = aws.fail({ method: '*', kind: 'drop', ...ALWAYS });
    const downToo = aws.fail({ method: 'Invoke:vibe-erase', kind: 'drop', ...ALWAYS });
    telegram.sendText('/forget', { from: ann });
    await said(ann.id, forget.archiveToo);
    expect(await program.stop('SIGKILL')).toBeNull();
    const next = await scene.start();
    await telegram.waitForCall('getUpdates');
    expect(scene.keys('images/')).toHaveLength(1);
    down.release();
    downToo.release();
    const isTold = () => scene.answers(ann.id).some(({ text }) => text.includes(forget.all));
    await telegram.waitUntil(isTold, { timeoutMs: 50_000 });
    expect([...aws.objects.keys()]).toEqual([]);
    expect(scene.answers(ann.id).filter(({ text }) => text.includes(forget.all))).toHaveLength(1);
    expect(await next.stop('SIGTERM')).toBe(0);
  });
});
