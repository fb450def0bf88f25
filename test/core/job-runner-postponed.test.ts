import { describe, expect, it } from 'vitest';
import { GONE, laterBy } from '../support/fake-outlet.ts';
import { EPOCH } from '../support/fake-time.ts';
import { startJobs as start } from '../support/job-bench.ts';
import { makeRequest } from '../support/make-request.ts';

const DAY_MS = 24 * 3600 * 1000;

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
    expect(fake.calls).toEqual([]);
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
