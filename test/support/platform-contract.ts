import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { NO_PICTURE } from './platform-core.ts';
import { platformFiles } from './platform-files.ts';
import { isWhole, type Open, startScene } from './platform-scene.ts';
import { platformSongs } from './platform-songs.ts';
import { PHOTO } from './songs-scene.ts';

const { errors, chat, genres, card } = LANGUAGES.en;

/** What holds for every chat platform, with the real core behind it. */
export function platformContract(name: string, open: Open): void {
  describe(`${name} as a chat platform`, () => {
    requests(open);
    answers(open);
    buttons(open);
    failures(open);
    platformSongs(open);
    platformFiles(open);
    stops(open);
  });
}

function requests(open: Open): void {
  it('brings a photo to the Request, and from there to its bytes', async () => {
    const { driver, core, person, answered } = await startScene(open);
    person.sendPhoto(PHOTO);
    await answered();
    expect(core.received).toHaveLength(1);
    const request = core.received[0]?.request;
    expect(request).toMatchObject({
      platform: driver.name,
      asker: { id: person.id },
      chat: { shared: false },
      call: { command: 'vibe', why: null, asked: true, images: [expect.anything()] },
    });
    // it can be written down and taken up again
    expect(JSON.parse(JSON.stringify(request))).toEqual(request);
    const [image = null] = request?.call.command === 'vibe' ? request.call.images : [];
    const bytes = await driver.adapter().imageSource.fetch(image, AbortSignal.timeout(10_000));
    expect(Buffer.from(bytes)).toEqual(PHOTO);
  });

  it('tells a chat with others from one of their own, and answers in either', async () => {
    const { core, person, of, driver } = await startScene(open);
    person.sendPhoto(PHOTO, 'alone');
    await driver.until(() => of('post').length === 1);
    person.sendPhoto(PHOTO, 'among others');
    await driver.until(() => of('post').length === 2);
    expect(core.received.map(({ request }) => [request.asker.id, request.chat.shared])).toEqual([
      [person.id, false],
      [person.id, true],
    ]);
    expect(new Set(core.received.map(({ request }) => request.chat.id)).size).toBe(2);
  });

  it('ignores itself and other bots', async () => {
    const { core, person, of, answered } = await startScene(open);
    person.hearBot(PHOTO, 'itself');
    person.hearBot(PHOTO, 'another');
    person.sendPhoto(PHOTO);
    await answered();
    expect([core.received.length, of('post').length]).toEqual([1, 1]);
  });

  it('answers once what comes twice, while it is worked on and after it is done', async () => {
    const { driver, core, person, answered, of } = await startScene(open);
    const held = driver.holdPictures();
    const sent = person.sendPhoto(PHOTO);
    person.repeat(sent);
    await held.asked;
    held.release();
    await answered();
    person.repeat(sent);
    driver.person().sendPhoto(PHOTO);
    await driver.until(() => of('post').length === 2);
    expect(person.shown()).toBe(1);
    expect(new Set(core.received.map(({ key }) => key)).size).toBe(2);
  });
}

function answers(open: Open): void {
  it('posts the first card, and shows the next ones by editing it', async () => {
    const { promise: words, resolve: say } = Promise.withResolvers<void>();
    const { driver, person, answered, of } = await startScene(open, { words });
    person.sendPhoto(PHOTO);
    await driver.until(() => of('post').length === 1);
    const [first] = of('post');
    expect(first).toMatchObject({ picture: true, text: expect.stringContaining(card.pending) });
    expect(first?.buttons).toEqual([chat.buttons.why, chat.buttons.share, '👍', '👎']);
    say();
    expect(await answered()).toBe(first?.messageId);
    expect(of('post')).toHaveLength(1);
    const last = of('edit').at(-1);
    expect(last).toMatchObject({ messageId: first?.messageId, picture: true, buttons: first?.buttons });
    expect(last?.text).not.toContain(card.pending);
  });

  it('answers what a person did wrong in words', async () => {
    const { driver, person, of } = await startScene(open);
    person.sendPhoto(NO_PICTURE);
    await driver.until(() => of('post').length === 1);
    expect(of('post')).toMatchObject([{ text: errors['not-an-image']({}), picture: false, buttons: [] }]);
  });
}

function buttons(open: Open): void {
  it('shows another genre on the same card, with another picture, and leads back', async () => {
    const { person, answered, edited, of } = await startScene(open);
    person.sendPhoto(PHOTO);
    const messageId = await answered();
    await person.ask(messageId, chat.buttons.why, genres.rock);
    const rock = await edited((call) => isWhole(call) && call.text.includes(card.asked('rock', 0.2)));
    expect(rock).toMatchObject({ messageId, picture: true });
    expect(rock.buttons).toEqual([genres.classical, genres.electronic, genres.pop, chat.buttons.back]);
    const before = of('edit').length;
    person.press(messageId, chat.buttons.back);
    const back = await edited(({ buttons: labels }) => labels.includes(chat.buttons.why), before);
    expect(back).toMatchObject({ messageId, picture: true });
    expect(person.shown()).toBe(1);
  });

  it('thanks for a vote in passing, and asks after 👎 what it should have been', async () => {
    const { person, answered, edited, of } = await startScene(open);
    person.sendPhoto(PHOTO);
    const messageId = await answered();
    person.press(messageId, '👎');
    const asks = await edited(({ buttons: labels }) => labels.includes(genres.rock));
    expect(asks.text).toContain(chat.askRight);
    person.press(messageId, genres.rock);
    await edited(({ buttons: labels }) => labels.includes(chat.buttons.voted('👎')));
    expect(of('toast').map(({ text }) => text)).toEqual([chat.thanks, chat.thanksGenre('rock')]);
  });

  it.each(['x', 'w.abc.def', '..', '🎷'.repeat(16)])(
    'refuses unknown button data softly: %s',
    async (data) => {
      const { driver, person, answered, of } = await startScene(open);
      person.sendPhoto(PHOTO);
      const messageId = await answered();
      const edits = of('edit').length;
      person.forge(messageId, data);
      await driver.until(() => of('toast').length === 1);
      expect(of('toast')).toMatchObject([{ text: errors['stale-button']({}) }]);
      expect([of('edit').length, of('post').length]).toEqual([edits, 1]);
    },
  );
}

function failures(open: Open): void {
  it('answers once when it was turned down at first', async () => {
    const { driver, core, person, answered } = await startScene(open);
    driver.failNextPost('later');
    person.sendPhoto(PHOTO);
    await answered();
    expect(person.shown()).toBe(1);
    expect(core.counted).not.toContainEqual(expect.objectContaining({ name: 'possible_duplicates' }));
  });

  it('answers at most once more, and counts that, when nobody knows whether it was shown', async () => {
    const { driver, core, person, answered } = await startScene(open);
    driver.failNextPost('answer lost');
    person.sendPhoto(PHOTO);
    await answered();
    expect([1, 2]).toContain(person.shown());
    const counted = core.counted.filter(({ name }) => name === 'possible_duplicates');
    expect(counted).toHaveLength(person.shown() - 1);
  });
}

function stops(open: Open): void {
  it('stops once what it took in is answered, and takes nothing more', async () => {
    const { driver, core, person, of } = await startScene(open);
    const held = driver.holdPictures();
    person.sendPhoto(PHOTO);
    await held.asked;
    const stopped = core.stop();
    driver.person().sendPhoto(PHOTO);
    held.release();
    await stopped;
    expect(of('post')).toHaveLength(1);
    expect(driver.calls().some(isWhole)).toBe(true);
    expect(core.received).toHaveLength(1);
    expect((await core.inbox.depth()).photo).toEqual({ waiting: 0, running: 0 });
  });

  it('leaves to the next start what it cannot finish in time', async () => {
    const { driver, begin, core, person, answered, of } = await startScene(open);
    const held = driver.holdPictures();
    person.sendPhoto(PHOTO);
    await held.asked;
    await core.stop(0);
    expect((await core.inbox.depth()).photo).toEqual({ waiting: 1, running: 0 });
    expect(driver.calls()).toEqual([]);
    held.release();
    await begin();
    await answered();
    expect([of('post').length, person.shown()]).toEqual([1, 1]);
  });
}
