import { describe, expect, it } from 'vitest';
import {
  type ArchiveScene,
  type JpegEvent,
  jpegEvent,
  openArchiveScene,
  placesOf,
} from '../../support/aws/archive-scene.ts';
import { callsOf, cutOffAt, isRetry, untilDone } from '../../support/aws/interrupt-run.ts';

const MODES = [
  ['before', false],
  ['after', true],
] as const;

/** The photo as each of these has it. */
const of = (photo: string, ...whose: readonly string[]) => whose.map((name) => jpegEvent(photo, name));

async function archiveAll({ archive }: ArchiveScene, events: readonly JpegEvent[]): Promise<void> {
  for (const event of events) expect(await archive(event)).toMatchObject({ status: 'stored' });
}

describe.each(MODES)('an archiving that is cut off %s any of its calls is done', (_mode, isDone) => {
  it('is made good by the next one', async () => {
    const scene = await openArchiveScene();
    const [first] = of('first', 'ann');
    const calls = await callsOf(scene, () => scene.archive(first));
    const kept = [first as JpegEvent];
    for (let nth = 1; nth <= calls; nth += 1) {
      const event = jpegEvent(`photo ${nth}`, 'ann');
      const answer = await cutOffAt(scene, nth, { run: () => scene.archive(event), isDone });
      expect(isRetry(answer)).toBe(true);
      expect(await scene.archive(event)).toMatchObject({ status: 'stored' });
      kept.push(event);
    }
    await scene.expectOnly(kept);
  });

  it('is found by an erasure', async () => {
    const scene = await openArchiveScene();
    const calls = await callsOf(scene, () => scene.archive(jpegEvent('cat', 'ann')));
    await scene.erase('ann');
    for (let nth = 1; nth <= calls; nth += 1) {
      await cutOffAt(scene, nth, { run: () => scene.archive(jpegEvent('cat', 'ann')), isDone });
      await untilDone(scene, () => scene.erase('ann'), 'erased');
      await scene.expectOnly([]);
    }
  });

  it('keeps an erasure waiting as long as it could still write', async () => {
    const scene = await openArchiveScene();
    const event = jpegEvent('cat', 'ann');
    await cutOffAt(scene, 4, { run: () => scene.archive(event), isDone });
    expect(await scene.erase('ann')).toMatchObject({ status: 'retry' });
    scene.aws.advance(10_000);
    expect(await scene.erase('ann')).toMatchObject({ status: 'retry' });
    scene.aws.advance(6000);
    expect(await scene.erase('ann')).toMatchObject({ status: 'erased' });
  });
});

it('archiving clears away what runs that were cut off have left', async () => {
  const scene = await openArchiveScene();
  const event = jpegEvent('cat', 'ann');
  await cutOffAt(scene, 4, { run: () => scene.archive(event), isDone: false });
  scene.aws.advance(20_000);
  await scene.archive(event);
  scene.aws.advance(-20_000);
  expect(await scene.erase('ann')).toMatchObject({ status: 'erased' });
});

describe.each(MODES)('an erasure that is cut off %s any of its calls is done', (_mode, isDone) => {
  it('is made good by the next one', async () => {
    const scene = await openArchiveScene();
    await archiveAll(scene, of('first', 'ann'));
    const calls = await callsOf(scene, () => scene.erase('ann'));
    expect(calls).toBe(11);
    for (let nth = 1; nth <= calls; nth += 1) {
      await archiveAll(scene, of(`photo ${nth}`, 'ann'));
      const answer = await cutOffAt(scene, nth, { run: () => scene.erase('ann'), isDone });
      expect(isRetry(answer)).toBe(true);
      await untilDone(scene, () => scene.erase('ann'), 'erased');
      await scene.expectOnly([]);
    }
  });

  it('takes nothing from who has the photo, too', async () => {
    const scene = await openArchiveScene();
    const [anns, bens] = of('cat', 'ann', 'ben') as [JpegEvent, JpegEvent];
    await archiveAll(scene, [anns, bens]);
    const calls = await callsOf(scene, () => scene.erase('ann'));
    for (let nth = 1; nth <= calls; nth += 1) {
      await archiveAll(scene, [anns]);
      await cutOffAt(scene, nth, { run: () => scene.erase('ann'), isDone });
      expect(scene.aws.objects.has(placesOf(bens).image)).toBe(true);
      await untilDone(scene, () => scene.erase('ann'), 'erased');
      await scene.expectOnly([bens]);
    }
  });

  it('takes nothing from who archives the photo just then', async () => {
    const scene = await openArchiveScene();
    await archiveAll(scene, of('first', 'ann'));
    const calls = await callsOf(scene, () => scene.erase('ann'));
    for (let nth = 1; nth <= calls; nth += 1) {
      const [anns, bens] = of('cat', 'ann', 'ben') as [JpegEvent, JpegEvent];
      await archiveAll(scene, [anns]);
      await cutOffAt(scene, nth, { run: () => scene.erase('ann'), isDone });
      const answer = await scene.archive(bens);
      await untilDone(scene, () => scene.erase('ann'), 'erased');
      if (isRetry(answer)) await untilDone(scene, () => scene.archive(bens), 'stored');
      await scene.expectOnly([bens]);
      expect(await scene.erase('ben')).toEqual({ status: 'erased', records: 1, images: 1 });
    }
  });
});

it('an erasure that is cut off keeps others from the image for a minute, and no longer', async () => {
  const scene = await openArchiveScene();
  const [anns, bens] = of('cat', 'ann', 'ben') as [JpegEvent, JpegEvent];
  await archiveAll(scene, [anns]);
  await cutOffAt(scene, 6, { run: () => scene.erase('ann'), isDone: false });
  expect(await scene.archive(bens)).toEqual({ status: 'retry', reason: 'the image is being erased' });
  scene.aws.advance(50_000);
  expect(await scene.archive(bens)).toMatchObject({ status: 'retry' });
  scene.aws.advance(11_000);
  expect(await scene.archive(bens)).toMatchObject({ status: 'stored' });
  await untilDone(scene, () => scene.erase('ann'), 'erased');
  await scene.expectOnly([bens]);
});
