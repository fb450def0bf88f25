import { expect, it, onTestFinished } from 'vitest';
import type { Card } from '../../src/core/card.ts';
import type { Request } from '../../src/core/request.ts';
import type { Posted } from '../../src/core/stored-result.ts';
import type { DownloadableFile, PlatformDriver } from './platform-driver.ts';
import type { Open } from './platform-scene.ts';
import { PHOTO } from './songs-scene.ts';
import { file, makeCard, text } from './telegram-cards.ts';

const NAME = 'all-of-it.json';
/** Every byte there is, before every other. */
const BYTES = Uint8Array.from({ length: 131_072 }, (_, index) => (index % 2 ? index >> 1 : index >> 9));

const WHOLE = `${NAME}, whole`;
/** Whether it is the file; of so many bytes, nobody wants to see a difference. */
const told = ({ name, bytes }: DownloadableFile) => `${name}, ${bytes?.equals(BYTES) ? 'whole' : 'broken'}`;

const cardOf = (words: string) => makeCard({ blocks: [text(words), file(BYTES, NAME)] });

/** What holds for a card with a file on every chat platform. */
export function platformFiles(open: Open): void {
  it.each(['alone', 'among others'] as const)(
    'brings a file whole, byte for byte, to somebody %s',
    async (where) => {
      const { driver, person, answered } = await startShowing(open, cardOf('Here it is.'));
      person.sendPhoto(PHOTO, where);
      await answered;
      expect(person.files(where).map(told)).toEqual([WHOLE]);
      expect(person.shown(where)).toBe(1);
      expect(driver.calls().at(-1)).toMatchObject({
        picture: false,
        text: expect.stringContaining('Here it is.'),
      });
    },
  );

  it('puts a file into a message that said something else, and keeps it when the words change', async () => {
    const cards = [makeCard({ blocks: [text('One moment.')] }), cardOf('Here it is.'), cardOf('Look again.')];
    const { driver, person, answered } = await startShowing(open, ...cards);
    person.sendPhoto(PHOTO);
    await answered;
    expect(person.files().map(told)).toEqual([WHOLE]);
    expect(person.shown()).toBe(1);
    expect(driver.calls().map(({ kind }) => kind)).toEqual(['post', 'edit', 'edit']);
    expect(driver.calls().at(-1)?.text).toContain('Look again.');
  });
}

/** A platform without a core: whoever asks gets these cards, one after another in one message. */
async function startShowing(open: Open, ...cards: readonly Card[]) {
  const driver = await open();
  onTestFinished(() => driver.close());
  const adapter = driver.adapter();
  const { promise: answered, resolve } = Promise.withResolvers<void>();
  await adapter.start(async ({ request }) => {
    resolve(showAll(adapter, request, cards));
    return 'accepted';
  });
  onTestFinished(async () => {
    await adapter.stop();
    expect(driver.violations()).toEqual([]);
  });
  return { driver, person: driver.person(), answered };
}

async function showAll(
  { outlet }: ReturnType<PlatformDriver['adapter']>,
  request: Request,
  cards: readonly Card[],
): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  let posted: Posted | null = null;
  for (const card of cards) {
    posted = posted
      ? await outlet.edit(request, posted, card, signal)
      : await outlet.post(request, card, signal);
  }
}
