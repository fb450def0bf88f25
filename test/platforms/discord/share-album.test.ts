import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/languages/languages.ts';
import { bytesOf, openDiscordScene, PHOTO } from '../../support/discord-scene.ts';

const { chat, card: words } = LANGUAGES.en;
const COMMAND = chat.slash.message;

/** "Get the vibe" on a message of somebody else with three photos. */
async function open({ spoiler = false } = {}) {
  const scene = await openDiscordScene();
  const { fake, answered } = scene;
  const [by, channel] = [fake.user(), fake.guild().general];
  const files = [1, 2, 3].map((number) => ({ bytes: PHOTO, name: `${number}.jpg`, spoiler }));
  const message = fake.sendFiles(files, { from: fake.user(), channel });
  const card = await answered(fake.useOnMessage(COMMAND, message, { by }));
  /** Resolves when the card is about that genre. */
  const asked = async (genre: 'rock' | 'pop', share: number) => {
    fake.choose(fake.message(card.id), [genre], by);
    return scene.until(card.id, ({ text }) => text.includes(words.asked(genre, share)));
  };
  return { ...scene, by, channel, message, card, asked };
}

const textsOf = (seen: Parameters<typeof bytesOf>[0]) => bytesOf(seen).map((bytes) => `${bytes}`);
const STRIP = 'strip of 3';
const over = (genre: string) =>
  expect.stringMatching(new RegExp(`^strip ${genre} ${genre} ${genre} over ${STRIP}, 1×1 1×1 1×1, measured`));

describe('several photos of one message', () => {
  it('are read as one, for who asked alone', async () => {
    const { fake, card, cardsIn, channel } = await open();
    expect(card).toMatchObject({ isEphemeral: true });
    expect(card.text).toContain(chat.album(3, 1, 'jazz'));
    expect(textsOf(card)).toEqual([expect.stringMatching(/^strip jazz jazz jazz, measured/), STRIP]);
    expect(fake.callsOf('file').map(({ params }) => params['filename'])).toEqual(['1.jpg', '2.jpg', '3.jpg']);
    expect(cardsIn(channel)).toHaveLength(1);
  });

  it('are asked about by the strip that the card shows: one download, however old the photos are', async () => {
    const { fake, card, message, asked } = await open();
    const photo = card.pictures[1]?.name;
    const downloads = () => fake.callsOf('file').slice(3);
    expect(textsOf(await asked('rock', 0.2))).toEqual([over('rock'), STRIP]);
    expect(downloads()).toMatchObject([{ status: 200, params: { filename: photo } }]);
    fake.deleteMessage(message);
    fake.expireAttachments();
    expect(textsOf(await asked('pop', 0.1))).toEqual([over('pop'), STRIP]);
    expect(downloads()).toMatchObject([{ status: 200 }, { status: 200, params: { filename: photo } }]);
    expect(fake.callsOf('get_message')).toEqual([]);
  });

  it('are shared as one, and asked about there too', async () => {
    const { fake, by, channel, card, published, until } = await open();
    fake.press(card, chat.buttons.share, by);
    const [shared = card] = await published(channel);
    expect([shared.text, textsOf(shared)]).toEqual([card.text, textsOf(card)]);
    fake.expireAttachments();
    fake.choose(shared, ['rock'], fake.user());
    const rock = await until(shared.id, ({ text }) => text.includes(words.asked('rock', 0.2)));
    expect(textsOf(rock)).toEqual([over('rock'), STRIP]);
    expect(fake.message(card.id)).toMatchObject({ text: card.text, edits: card.edits });
  });
});

describe('a photo that was covered', () => {
  const covers = ({ pictures }: Parameters<typeof bytesOf>[0]) => pictures.map(({ spoiler }) => spoiler);

  it.each([true, false])(
    'stays so on the card, for every genre, and shared (covered: %s)',
    async (spoiler) => {
      const { fake, by, channel, card, asked, published, until } = await open({ spoiler });
      const all = [spoiler, spoiler];
      expect(covers(card)).toEqual(all);
      const rock = await asked('rock', 0.2);
      expect(covers(rock)).toEqual(all);
      fake.press(rock, chat.buttons.back, by);
      const back = await until(card.id, ({ text }) => text === card.text);
      expect(covers(back)).toEqual(all);
      fake.press(back, chat.buttons.share, by);
      expect((await published(channel)).map(covers)).toEqual([all]);
    },
  );

  it('is so of /vibe and of a message, too', async () => {
    const { fake, answered, until, published } = await openDiscordScene();
    const by = fake.user();
    const { general: channel } = fake.guild();
    const image = { bytes: PHOTO, spoiler: true };
    const card = await answered(fake.slash('vibe', { image }, { by, channel }));
    expect(covers(card)).toEqual([true, true]);
    fake.choose(card, ['rock'], by);
    const rock = await until(card.id, ({ text }) => text.includes(words.asked('rock', 0.2)));
    expect(covers(rock)).toEqual([true, true]);
    fake.sendFiles([image], { from: by });
    expect((await published(fake.dm(by))).map(covers)).toEqual([[true, true]]);
  });
});
