import { expect, it } from 'vitest';
import type { TrackSource } from '../../src/core/ports.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import type { SeenCall } from './platform-driver.ts';
import { isWhole, type Open, startScene } from './platform-scene.ts';
import { trackSource } from './reading-ports.ts';
import { PHOTO, startWithSongs, titlesIn } from './songs-scene.ts';

const { errors, chat, regions } = LANGUAGES.en;
const { tracks: songs, more, chosen } = chat.buttons;
const OTHERS = 'among others';
const down: TrackSource = { available: true, tracks: async () => null };

/** What holds for the message with songs on every chat platform. */
export function platformSongs(open: Open): void {
  comeAlone(open);
  comeWhenPressed(open);
  turn(open);
  arePostedOnce(open);
}

function comeAlone(open: Open): void {
  it('has songs beneath the answer where nobody reads along, in one message of its own that plays one', async () => {
    const { person, core, answered, posted, of } = await startWithSongs(open);
    person.sendPhoto(PHOTO);
    const answer = await answered();
    const message = await posted();
    await core.stop();
    expect(of('post').map(({ messageId }) => messageId)).toEqual([answer, message.messageId]);
    expect(of('post')[0]?.buttons).not.toContain(songs);
    expect(of('post')[0]?.previews).toEqual([]);
    expect(message).toMatchObject({ replyTo: answer, picture: false });
    expect(message.buttons).toEqual([more, chosen(regions.global), regions.khaleeji]);
    expect(message.text).toContain(chat.tracksTitle('jazz', 'global'));
    expect(titlesIn(message)).toHaveLength(5);
    expect(message.previews).toEqual([expect.stringMatching(/v=jazz-global-\d+-0-1$/)]);
    expect(person.shown()).toBe(2);
  });

  it.each([
    ['without a key', undefined],
    ['that cannot be had just now', down],
  ])('has no message for songs %s', async (_, source) => {
    const { person, core, answered, of } = await startScene(open, source ? { trackSource: source } : {});
    person.sendPhoto(PHOTO);
    await answered();
    await core.stop();
    expect(of('post')).toHaveLength(1);
    expect(person.shown()).toBe(1);
    expect((await core.inbox.depth()).quick).toEqual({ waiting: 0, running: 0 });
  });
}

function comeWhenPressed(open: Open): void {
  it('has songs behind a button where others read along, beneath the message that has it', async () => {
    const { person, core, driver, posted, answeredAmongOthers, of } = await startWithSongs(open);
    const { messageId, buttons } = await answeredAmongOthers();
    expect(buttons).toContain(songs);
    expect(of('post')).toHaveLength(1);
    person.press(`${messageId}`, songs, OTHERS);
    const message = await posted();
    expect(message).toMatchObject({ replyTo: messageId, picture: false });
    expect(message.previews).toEqual([expect.stringMatching(/v=jazz-global-\d+-0-1$/)]);
    await core.stop();
    expect(of('post')).toHaveLength(2);
    expect(person.shown(OTHERS)).toBe(2);
    expect(of('toast')).toEqual([]);
    expect(driver.violations()).toEqual([]);
  });

  it('has no such button without a key', async () => {
    const { person, driver } = await startScene(open);
    person.sendPhoto(PHOTO, OTHERS);
    await driver.until(() => driver.calls().some(isWhole));
    expect(driver.calls().find(isWhole)?.buttons).not.toContain(songs);
  });

  it('says in passing that there are none just now', async () => {
    const { person, core, driver, answeredAmongOthers, of } = await startWithSongs(open, down);
    const { messageId } = await answeredAmongOthers();
    person.press(`${messageId}`, songs, OTHERS);
    await driver.until(() => of('toast').length === 1);
    await core.stop();
    expect(of('toast')).toMatchObject([{ text: errors['no-tracks']({}) }]);
    expect(of('post')).toHaveLength(1);
  });
}

function turn(open: Open): void {
  it('shows further songs, and those of the other region, in the same message', async () => {
    const { person, core, edited, posted, of } = await startWithSongs(open);
    person.sendPhoto(PHOTO);
    const first = await posted();
    const isTurned = ({ messageId }: SeenCall) => messageId === first.messageId;
    person.press(`${first.messageId}`, more);
    const next = await edited((call) => isTurned(call) && call.text.includes('page 1'));
    expect(next.previews).toEqual([expect.stringMatching(/v=jazz-global-\d+-1-1$/)]);
    expect(titlesIn(next)).toHaveLength(5);
    person.press(`${first.messageId}`, regions.khaleeji);
    const other = await edited((call) => isTurned(call) && call.text.includes('khaleeji'));
    expect(other.text).toContain(chat.tracksTitle('jazz', 'khaleeji'));
    expect(other.buttons).toEqual([more, regions.global, chosen(regions.khaleeji)]);
    expect(other.previews).toEqual([expect.stringMatching(/v=jazz-khaleeji-\d+-0-1$/)]);
    await core.stop();
    expect([of('post').length, person.shown()]).toEqual([2, 2]);
  });

  it('leaves them as they are where others cannot be had, and says so in passing', async () => {
    let isDown = false;
    const source: TrackSource = {
      ...trackSource,
      tracks: (...asked) => (isDown ? down : trackSource).tracks(...asked),
    };
    const { person, core, driver, posted, of } = await startWithSongs(open, source);
    person.sendPhoto(PHOTO);
    const { messageId } = await posted();
    isDown = true;
    person.press(`${messageId}`, more);
    await driver.until(() => of('toast').length === 1);
    await core.stop();
    expect(of('toast')).toMatchObject([{ text: errors['no-tracks']({}) }]);
    expect(of('edit').filter((call) => call.messageId === messageId)).toEqual([]);
  });
}

function arePostedOnce(open: Open): void {
  it('posts them once when they were turned down at first', async () => {
    const { driver, person, core, answered, posted } = await startWithSongs(open);
    driver.failNextPost('later', 'songs');
    person.sendPhoto(PHOTO);
    await answered();
    await posted();
    await core.stop();
    expect(person.shown()).toBe(2);
    expect(core.counted).not.toContainEqual(expect.objectContaining({ name: 'possible_duplicates' }));
  });

  it('posts them at most once more, and counts that, when nobody knows whether they were shown', async () => {
    const { driver, person, core, answered, posted } = await startWithSongs(open);
    driver.failNextPost('answer lost', 'songs');
    person.sendPhoto(PHOTO);
    const answer = await answered();
    expect(await posted()).toMatchObject({ replyTo: answer });
    await core.stop();
    expect([2, 3]).toContain(person.shown());
    const counted = core.counted.filter(({ name }) => name === 'possible_duplicates');
    expect(counted).toHaveLength(person.shown() - 2);
  });

  it('posts them once when the program stopped before it could', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    let isHeld = true;
    const source: TrackSource = {
      available: true,
      async tracks(genre, region, at, signal) {
        ask();
        if (isHeld) await untilAborted(signal);
        return trackSource.tracks(genre, region, at, signal);
      },
    };
    const { begin, core, person, answered, posted, of } = await startWithSongs(open, source);
    person.sendPhoto(PHOTO);
    const answer = await answered();
    await asked;
    await core.stop(0);
    expect(of('post')).toHaveLength(1);
    isHeld = false;
    const next = await begin();
    expect(await posted()).toMatchObject({ replyTo: answer });
    await next.stop();
    expect([of('post').length, person.shown()]).toEqual([2, 2]);
  });
}

/** Rejects with the signal's reason. */
function untilAborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  signal.addEventListener('abort', () => reject(signal.reason));
  return promise;
}
