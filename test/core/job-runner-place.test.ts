import { describe, expect, it } from 'vitest';
import { encodeAction } from '../../src/core/action.ts';
import type { Job } from '../../src/core/chat-ports.ts';
import { laterBy } from '../support/fake-outlet.ts';
import { type JobBench, mac, makeJobBench, runnerOf } from '../support/job-bench.ts';
import { makeRequest, pressOf, vibeOf } from '../support/make-request.ts';
import { explainer } from '../support/reading-ports.ts';

const never = { ...explainer, explain: () => new Promise<never>(() => {}) };

/** Runs the next job until nothing more happens; how often it has freed its place. */
async function runNext(bench: JobBench, given: Parameters<typeof runnerOf>[1] = {}) {
  let freed = 0;
  const { runner, stop } = runnerOf(bench, given);
  const ends = runner.run((await bench.take()) as Job, () => freed++);
  await bench.time.advance(5000);
  return { freed: () => freed, ends, stop };
}

describe('a job’s place', () => {
  it('is free once its answer is shown, while the words are still to come', async () => {
    const bench = makeJobBench();
    await bench.accept(makeRequest(vibeOf('cat')));
    const { freed, ends, stop } = await runNext(bench, { explainer: never });
    expect(bench.fake.named('post')).toHaveLength(1);
    expect(freed()).toBeGreaterThan(0);
    stop.abort(new Error('stopped'));
    await ends;
  });

  it('is kept while there is nothing to see', async () => {
    const bench = makeJobBench();
    bench.fake.plan('post', laterBy(60_000));
    await bench.accept(makeRequest(vibeOf('cat')));
    const { freed, ends, stop } = await runNext(bench, { explainer: never });
    expect(bench.fake.named('post')).toHaveLength(1);
    expect(freed()).toBe(0);
    stop.abort(new Error('stopped'));
    await ends;
  });

  it('is free when a button’s card is shown', async () => {
    const bench = makeJobBench();
    await bench.accept(makeRequest(vibeOf('cat')), { key: 'first' });
    await (await runNext(bench)).ends;
    const data = encodeAction({ kind: 'why-genre', result: 'result-of-first', genre: 'rock' }, mac);
    await bench.accept(makeRequest(pressOf(data)));
    const { freed, ends, stop } = await runNext(bench, { explainer: never });
    expect(freed()).toBeGreaterThan(0);
    stop.abort(new Error('stopped'));
    await ends;
  });
});
