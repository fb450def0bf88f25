import { describe, expect, it } from 'vitest';
import { cardsOf, imagesOf, lastCard, makeCommandBench } from '../support/command-bench.ts';
import { makeVibe, vibeOf } from '../support/make-request.ts';

const ID = 'result-0123456789';

describe('/vibe, where cards show the photo', () => {
  it('shows it on every card, after the heatmap', async () => {
    const { run } = makeCommandBench({ showsPhoto: true });
    const cards = cardsOf(await run(vibeOf('cat')));
    expect(cards.length).toBeGreaterThan(1);
    for (const card of cards) {
      expect(imagesOf(card)).toMatchObject([
        { fileName: 'jazz-abababab.jpg', shows: 'look jazz' },
        { fileName: 'photo-abababab.jpg', shows: 'photo of cat' },
      ]);
    }
  });

  it('shows an album’s pictures side by side, with and without heat', async () => {
    const { run } = makeCommandBench({ showsPhoto: true });
    for (const card of cardsOf(await run(vibeOf('cat', 'dog')))) {
      expect(imagesOf(card)).toMatchObject([
        { fileName: 'jazz-abababab-2.jpg', shows: 'strip jazz jazz, measured 0' },
        { fileName: 'photo-abababab-2.jpg', shows: 'strip of 2' },
      ]);
    }
  });

  it.each([['cat'], ['cat', 'dog']])('shows the heatmap alone elsewhere: %s %s', async (...images) => {
    const { run } = makeCommandBench();
    expect(imagesOf(lastCard(await run(vibeOf(...images))))).toHaveLength(1);
  });
});

describe('/vibe with pictures that the person covered', () => {
  it.each([['cat'], ['cat', 'dog']])(
    'covers every picture of every card, and keeps that: %s %s',
    async (...images) => {
      const { run, store } = makeCommandBench({ showsPhoto: true });
      const coversOf = async (spoiler: boolean) => {
        const cards = cardsOf(await run(makeVibe({ images, spoiler })));
        const blocks = cards.flatMap((card) => card.blocks);
        const covers = blocks.flatMap((block) => (block.kind === 'image' ? [block.spoiler] : []));
        return [...new Set(covers), (await store.result(ID))?.spoiler];
      };
      expect(await coversOf(true)).toEqual([true, true]);
      expect(await coversOf(false)).toEqual([false, false]);
    },
  );
});

describe('what /vibe keeps of the pictures', () => {
  it('is the size of each one’s tile in a strip, for the strip to be cut again', async () => {
    const { run, store } = makeCommandBench();
    await run(vibeOf('cat', 'dog'));
    const size = { width: 1, height: 1 };
    expect((await store.result(ID))?.pictures).toMatchObject([{ size }, { size }]);
  });

  it('is no size of a photo alone', async () => {
    const { run, store } = makeCommandBench();
    await run(vibeOf('cat'));
    expect((await store.result(ID))?.pictures).toMatchObject([{ size: null }]);
  });
});
