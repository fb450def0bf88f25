import { describe, expect, it } from 'vitest';
import { OutletError } from '../../src/core/outlet-error.ts';
import type { ImageSource } from '../../src/core/ports.ts';
import type { Plain } from '../../src/core/request.ts';
import { GONE, laterBy, makeOutlet } from '../support/fake-outlet.ts';
import { EPOCH } from '../support/fake-time.ts';
import { startJobs as start } from '../support/job-bench.ts';
import { makeRequest, vibeOf } from '../support/make-request.ts';

const DAY_MS = 24 * 3600 * 1000;

/** Jobs of a platform that hands no pictures out. */
function startWith(fetch: ImageSource<Plain>['fetch']) {
  const fake = makeOutlet(() => 0);
  const telegram = { imageSource: { fetch }, outlet: fake.outlet, showsPhoto: false };
  const jobs = start({ platforms: { telegram } });
  return { ...jobs, fake };
}

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

  it('asks three times for a picture that cannot be fetched, waiting longer each time, and then apologises', async () => {
    const fetch = async () => Promise.reject(new OutletError('file: 500', { kind: 'unfetched' }));
    const { fake, time, inbox, accept, runNext, counted, lines, isEmpty } = startWith(fetch);
    await accept(makeRequest(vibeOf('cat')), { lane: 'photo' });
    for (const pause of [5000, 20_000, 80_000]) {
      const before = time.calendar();
      await runNext();
      expect(await inbox.nextAt('photo')).toBe(before + pause);
      expect(fake.named('post')).toEqual([]);
      await time.advance(pause);
    }
    await runNext();
    expect(fake.named('post')).toHaveLength(1);
    expect(await isEmpty()).toBe(true);
    expect(counted).toContainEqual({ name: 'dead', platform: 'telegram' });
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(3);
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
