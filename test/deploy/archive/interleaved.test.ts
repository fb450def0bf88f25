import { describe, it } from 'vitest';
import { jpegEvent, openArchiveScene } from '../../support/aws/archive-scene.ts';
import { callsOf, holdAt, isRetry, untilDone } from '../../support/aws/interrupt-run.ts';

const ANNS = jpegEvent('cat', 'ann');
const BENS = jpegEvent('cat', 'ben');
const CEMS = jpegEvent('cat', 'cem');

/** With Ann's photo kept; how many calls an erasure of her makes, and an archiving of Ben's. */
async function openScene() {
  const scene = await openArchiveScene();
  await scene.archive(ANNS);
  const archiving = await callsOf(scene, () => scene.archive(BENS));
  await scene.erase('ben');
  const erasing = await callsOf(scene, () => scene.erase('ann'));
  await scene.archive(ANNS);
  return { ...scene, archiving, erasing };
}

type Scene = Awaited<ReturnType<typeof openScene>>;

const storedAt = (scene: Scene, event: object) => untilDone(scene, () => scene.archive(event), 'stored');
const erasedAt = (scene: Scene, whose: string) => untilDone(scene, () => scene.erase(whose), 'erased');

/** Once more what was not taken; what was called stored is not: it has to be there. */
async function unlessStored(scene: Scene, answer: unknown, event: object): Promise<void> {
  if (isRetry(answer)) await storedAt(scene, event);
}

describe('an erasure that is held at any of its calls', () => {
  it('loses nothing of who archives the image meanwhile', async () => {
    const scene = await openScene();
    for (let nth = 1; nth <= scene.erasing; nth += 1) {
      await scene.archive(ANNS);
      let answer: unknown;
      const meanwhile = async () => {
        answer = await scene.archive(BENS);
      };
      await holdAt(scene, nth, { run: () => scene.erase('ann'), meanwhile });
      await erasedAt(scene, 'ann');
      await unlessStored(scene, answer, BENS);
      await scene.expectOnly([BENS]);
      await erasedAt(scene, 'ben');
    }
  });

  it('loses nothing of who archives the image after another erasure of it', async () => {
    const scene = await openScene();
    await scene.archive(BENS);
    const shared = await callsOf(scene, () => scene.erase('ann'));
    for (let nth = 1; nth <= shared; nth += 1) {
      for (const event of [ANNS, BENS]) await storedAt(scene, event);
      let answer: unknown;
      const meanwhile = async () => {
        await scene.erase('ben');
        answer = await scene.archive(CEMS);
      };
      await holdAt(scene, nth, { run: () => scene.erase('ann'), meanwhile });
      for (const whose of ['ann', 'ben']) await erasedAt(scene, whose);
      await unlessStored(scene, answer, CEMS);
      await scene.expectOnly([CEMS]);
      await erasedAt(scene, 'cem');
      await scene.expectOnly([]);
    }
  });

  it('loses nothing of who archives the image after the same person is erased again', async () => {
    const scene = await openScene();
    for (let nth = 1; nth <= scene.erasing; nth += 1) {
      await storedAt(scene, ANNS);
      let answer: unknown;
      const meanwhile = async () => {
        await scene.erase('ann');
        answer = await scene.archive(CEMS);
      };
      await holdAt(scene, nth, { run: () => scene.erase('ann'), meanwhile });
      await erasedAt(scene, 'ann');
      await unlessStored(scene, answer, CEMS);
      await scene.expectOnly([CEMS]);
      await erasedAt(scene, 'cem');
    }
  });

  it('leaves nothing that cannot be found of a photo that its person archives meanwhile', async () => {
    const scene = await openScene();
    for (let nth = 1; nth <= scene.erasing; nth += 1) {
      await storedAt(scene, ANNS);
      const meanwhile = async () => void (await scene.archive(ANNS));
      await holdAt(scene, nth, { run: () => scene.erase('ann'), meanwhile });
      await erasedAt(scene, 'ann');
      await scene.expectOnly([]);
    }
  });

  it('leaves nothing of a photo that its person has erased and archived again meanwhile', async () => {
    const scene = await openScene();
    for (let nth = 1; nth <= scene.erasing; nth += 1) {
      await storedAt(scene, ANNS);
      const meanwhile = async () => {
        await scene.erase('ann');
        await scene.archive(ANNS);
      };
      await holdAt(scene, nth, { run: () => scene.erase('ann'), meanwhile });
      await erasedAt(scene, 'ann');
      await scene.expectOnly([]);
    }
  });

  it('leaves nothing of a vote that comes meanwhile', async () => {
    const scene = await openScene();
    for (let nth = 1; nth <= scene.erasing; nth += 1) {
      await storedAt(scene, ANNS);
      const meanwhile = async () => void (await scene.archive({ ...ANNS, image: null }));
      await holdAt(scene, nth, { run: () => scene.erase('ann'), meanwhile });
      await erasedAt(scene, 'ann');
      await scene.expectOnly([]);
    }
  });
});

describe('an archiving that is held at any of its calls', () => {
  it('keeps its image, whoever is erased meanwhile', async () => {
    const scene = await openScene();
    for (let nth = 1; nth <= scene.archiving; nth += 1) {
      await storedAt(scene, ANNS);
      const meanwhile = async () => void (await scene.erase('ann'));
      const answer = await holdAt(scene, nth, { run: () => scene.archive(BENS), meanwhile });
      await erasedAt(scene, 'ann');
      await unlessStored(scene, answer, BENS);
      await scene.expectOnly([BENS]);
      await erasedAt(scene, 'ben');
    }
  });

  it.each([
    ['a photo', ANNS],
    ['a vote', { ...ANNS, image: null }],
  ])('leaves nothing that cannot be found of its person: %s', async (_name, event) => {
    const scene = await openScene();
    const calls = await callsOf(scene, () => scene.archive(event));
    for (let nth = 1; nth <= calls; nth += 1) {
      await storedAt(scene, ANNS);
      const meanwhile = async () => void (await scene.erase('ann'));
      await holdAt(scene, nth, { run: () => scene.archive(event), meanwhile });
      await erasedAt(scene, 'ann');
      await scene.expectOnly([]);
    }
  });

  it('leaves nothing of two that archive the same for one person, who is erased', async () => {
    const scene = await openScene();
    for (let nth = 1; nth <= scene.archiving; nth += 1) {
      const meanwhile = async () => {
        await scene.archive(ANNS);
        await scene.erase('ann');
      };
      await holdAt(scene, nth, { run: () => scene.archive(ANNS), meanwhile });
      await erasedAt(scene, 'ann');
      await scene.expectOnly([]);
    }
  });
});

it('all at once, again and again, ends with what was archived last', async () => {
  const scene = await openScene();
  const runs = (whose: string) => [
    scene.archive(jpegEvent('cat', whose)),
    scene.erase(whose),
    scene.archive({ ...jpegEvent('cat', whose), image: null }),
  ];
  for (let round = 0; round < 5; round += 1) await Promise.all(['ann', 'ben', 'cem'].flatMap(runs));
  await erasedAt(scene, 'ann');
  await storedAt(scene, BENS);
  await erasedAt(scene, 'cem');
  await scene.expectOnly([BENS]);
});
