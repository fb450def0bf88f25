import { describe, expect, it } from 'vitest';
import { OutletError } from '../../src/core/outlet-error.ts';
import type { ImageSource } from '../../src/core/ports.ts';
import type { Plain } from '../../src/core/request.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { type FakeOutlet, GONE, laterBy, makeOutlet } from '../support/fake-outlet.ts';
import { EPOCH } from '../support/fake-time.ts';
import { startJobs as start } from '../support/job-bench.ts';
import { makeRequest, vibeOf } from '../support/make-request.ts';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** Jobs of a platform that hands no pictures out. */
function startWith(fetch: ImageSource<Plain>['fetch']) {
  const fake = makeOutlet(() => 0);
  const telegram = { imageSource: { fetch }, outlet: fake.outlet, showsPhoto: false };
  const jobs = start({ platforms: { telegram } });
  /** Takes the next job and runs it, in no time. */
  const runAtOnce = async () => {
    const job = await jobs.take();
    if (!job) throw new Error('nothing waits');
    await jobs.runner.run(job, () => {});
    return job;
  };
  return { ...jobs, fake, runAtOnce };
}

const UNFETCHED = async () => Promise.reject(new OutletError('file: 500', { kind: 'unfetched' }));

const lastTexts = ({ calls }: FakeOutlet) =>
  calls.findLast(({ card }) => card)?.card?.blocks.map((block) => block.kind === 'text' && block.text);

describe('JobRunner, where there is no way to answer now', () => {
  it('puts a job back, forgiven, for as long as the platform asks', async () => {
    const { accept, runNext, fake, inbox, time, isEmpty } = start();
    fake.plan('post', laterBy(30_000));
    await accept(makeRequest());
    await runNext();
    expect(await inbox.nextAt('quick')).toBe(EPOCH + 30_000);
    await time.advance(30_000);
    expect(await runNext()).toMatchObject({ attempts: 1, unsure: 0 });
    expect(fake.named('post')).toHaveLength(2);
    expect(await isEmpty()).toBe(true);
  });

  it('fetches a picture that cannot be had for an hour, as if it had not tried, and then asks for it again', async () => {
    const { fake, time, inbox, accept, runAtOnce, lines, counted, isEmpty } = startWith(UNFETCHED);
    await accept(makeRequest(vibeOf('cat')), { lane: 'photo' });
    const pauses: number[] = [];
    while (time.calendar() - EPOCH <= HOUR_MS) {
      expect(await runAtOnce()).toMatchObject({ attempts: 1 });
      expect(fake.named('post')).toEqual([]);
      const pause = ((await inbox.nextAt('photo')) ?? 0) - time.calendar();
      pauses.push(pause);
      await time.advance(pause);
    }
    expect(pauses.slice(0, 7)).toEqual([5000, 5000, 10_000, 20_000, 40_000, 80_000, 120_000]);
    expect(new Set(pauses.slice(7))).toEqual(new Set([120_000]));
    await runAtOnce();
    expect(lastTexts(fake)).toEqual([LANGUAGES.en.errors['picture-gone']({})]);
    expect(await isEmpty()).toBe(true);
    expect(counted).toContainEqual({ name: 'errors', kind: 'picture-gone' });
    expect(lines.every(({ level }) => level === 'warn')).toBe(true);
  });

  it('asks for it again before there is no answering any more', async () => {
    const { fake, time, accept, runAtOnce, isEmpty } = startWith(UNFETCHED);
    await accept(makeRequest(vibeOf('cat'), { answerBy: EPOCH + 19_000 }), { lane: 'photo' });
    for (const pause of [5000, 5000]) {
      await runAtOnce();
      await time.advance(pause);
    }
    expect(fake.named('post')).toEqual([]);
    await runAtOnce();
    expect(lastTexts(fake)).toEqual([LANGUAGES.en.errors['picture-gone']({})]);
    expect(await isEmpty()).toBe(true);
  });

  it('buries what can never be delivered, and counts it', async () => {
    const { accept, runNext, fake, counted, lines, isEmpty } = start();
    fake.plan('post', GONE);
    await accept(makeRequest());
    await runNext();
    expect(counted).toEqual([
      { name: 'answers', platform: 'telegram', command: 'about', outcome: 'gone' },
      { name: 'undeliverable', platform: 'telegram' },
    ]);
    expect(lines).toMatchObject([{ level: 'warn', details: { reason: 'gone' } }]);
    expect(await isEmpty()).toBe(true);
  });

  it('does not go on with a job for more than a day', async () => {
    const { accept, runNext, fake, time, counted, isEmpty } = start();
    fake.plan('post', laterBy(1000));
    await accept(makeRequest());
    await time.advance(DAY_MS + 1);
    await runNext();
    expect(await isEmpty()).toBe(true);
    expect(counted).toContainEqual({ name: 'undeliverable', platform: 'telegram' });
    expect(counted).toContainEqual(expect.objectContaining({ outcome: 'too old' }));
  });

  it('does not even try once the platform takes no answer any more', async () => {
    const { accept, runNext, fake, time, counted, isEmpty } = start();
    await accept(makeRequest({ command: 'about' }, { answerBy: EPOCH + 100 }));
    await time.advance(101);
    await runNext();
    // what says that an answer comes is taken back
    expect(fake.calls.map(({ method }) => method)).toEqual(['abandon']);
    expect(counted).toContainEqual({ name: 'undeliverable', platform: 'telegram' });
    expect(await isEmpty()).toBe(true);
  });

  it('keeps the jobs of a platform that is missing', async () => {
    const { accept, runNext, inbox } = start({ platforms: {} });
    await accept(makeRequest());
    await runNext();
    const at = (await inbox.nextAt('quick')) ?? 0;
    expect(at).toBeGreaterThan(EPOCH);
    expect((await inbox.depth()).quick).toEqual({ waiting: 1, running: 0 });
  });
});
