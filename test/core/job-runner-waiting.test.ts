import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/core/chat-ports.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { laterBy } from '../support/fake-outlet.ts';
import { makeJobBench, runnerOf } from '../support/job-bench.ts';
import { makeRequest, vibeOf } from '../support/make-request.ts';
import { explainer } from '../support/reading-ports.ts';

const never = { ...explainer, explain: () => new Promise<never>(() => {}) };

describe('JobRunner, when the program stops', () => {
  it('puts back what it was at, forgiven, and says nothing', async () => {
    const bench = makeJobBench();
    await bench.accept(makeRequest(vibeOf('cat')));
    const { runner, stop } = runnerOf(bench, { explainer: never });
    const ends = runner.run((await bench.take()) as Job, () => {});
    await bench.time.advance(100);
    stop.abort(new Error('stopped'));
    await ends;
    expect(bench.lines).toEqual([]);
    expect(await bench.take()).toMatchObject({ attempts: 1, posted: { messageId: 'm1' } });
  });
});

describe('JobRunner.tellWaiting', () => {
  it('says the place in line, and the answer takes that message’s place', async () => {
    const bench = makeJobBench();
    const accepted = await bench.accept(makeRequest(vibeOf('cat')));
    const { runner } = runnerOf(bench);
    await runner.tellWaiting({ ...accepted, ahead: 4 }, makeRequest(vibeOf('cat')));
    await bench.time.advance(0);
    expect(bench.lastTexts()).toEqual([LANGUAGES.en.chat.waiting(5)]);
    const job = (await bench.take()) as Job;
    expect(job.posted).toMatchObject({ messageId: 'm1', imageName: null });
    const ends = runner.run(job, () => {});
    await bench.time.advance(10_000);
    await ends;
    expect(bench.fake.named('post')).toHaveLength(1);
    expect(bench.fake.named('edit').map(({ messageId }) => messageId)).toContain('m1');
    expect(bench.lastTexts()).toContain('photo jazz en');
    expect(await bench.store.result('result-of-k1')).toMatchObject({
      posted: { messageId: 'm1', imageName: expect.stringContaining('jazz-') },
    });
  });

  it.each([0, 1, 2, 3, 4])('says nothing once the answer is on its way (%i turns later)', async (turns) => {
    const bench = makeJobBench();
    const request = makeRequest({ command: 'about' });
    const accepted = await bench.accept(request);
    const { language } = bench.store;
    const slow = Promise.withResolvers<void>();
    let first = true;
    bench.store.language = async (key) => {
      if (first) {
        first = false;
        await slow.promise;
      }
      return language(key);
    };
    const { runner } = runnerOf(bench);
    const posting = Promise.withResolvers<void>();
    bench.fake.plan('post', () => posting.promise);
    const telling = runner.tellWaiting(accepted, request);
    const ends = runner.run((await bench.take()) as Job, () => {});
    await bench.time.advance(0);
    slow.resolve();
    for (let i = 0; i < turns; i++) await Promise.resolve();
    posting.resolve();
    await telling;
    await bench.time.advance(10_000);
    await ends;
    expect(bench.fake.calls.map(({ method }) => method)).toEqual(['post']);
    expect(bench.lastTexts()).not.toContain(LANGUAGES.en.chat.waiting(1));
  });

  it('answers with a message of its own where that one could not be posted', async () => {
    const bench = makeJobBench();
    const accepted = await bench.accept(makeRequest(vibeOf('cat')));
    const { runner } = runnerOf(bench);
    bench.fake.plan('post', laterBy(100));
    await runner.tellWaiting(accepted, makeRequest(vibeOf('cat')));
    await bench.time.advance(0);
    const ends = runner.run((await bench.take()) as Job, () => {});
    await bench.time.advance(10_000);
    await ends;
    expect(bench.fake.named('post')).toHaveLength(2);
    expect(bench.lastTexts()).toContain('photo jazz en');
    await runner.settle();
  });
});
