import { describe, expect, it } from 'vitest';
import type { Inbox, Job } from '../../src/core/chat-ports.ts';
import { StorageError } from '../../src/core/storage-error.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { laterBy, UNSURE } from '../support/fake-outlet.ts';
import { EPOCH } from '../support/fake-time.ts';
import { type JobBench, makeJobBench, runnerOf } from '../support/job-bench.ts';
import { makeRequest, pressOf, vibeOf } from '../support/make-request.ts';
import { explainer, makeReader } from '../support/reading-ports.ts';

const never = { ...explainer, explain: () => new Promise<never>(() => {}) };

/** As after a crash: what ran is taken again, by a runner that knows nothing of it. */
async function runAgain(bench: JobBench, id: number): Promise<Job> {
  await bench.inbox.release(id, EPOCH, false);
  const job = (await bench.take()) as Job;
  const ends = runnerOf(bench).runner.run(job, () => {});
  await bench.time.advance(60_000);
  await ends;
  return job;
}

describe('JobRunner, after a crash', () => {
  it('finishes an answer by editing what was posted, under the same result’s id', async () => {
    const bench = makeJobBench();
    const { id } = await bench.accept(makeRequest(vibeOf('cat')));
    const job = (await bench.take()) as Job;
    runnerOf(bench, { explainer: never }).runner.run(job, () => {});
    await bench.time.advance(100);
    expect(bench.fake.calls.map(({ method }) => method)).toEqual(['post', 'edit']);
    await bench.store.setShared('result-of-k1');
    expect(await runAgain(bench, id)).toMatchObject({ attempts: 2, posted: { messageId: 'm1' } });
    expect(bench.fake.named('post')).toHaveLength(1);
    expect(bench.lastTexts()).toContain('photo jazz en');
    expect(await bench.store.result('result-of-k1')).toMatchObject({
      posted: { messageId: 'm1', image: expect.any(String) },
      explanation: { photo: 'photo jazz en' },
      shared: true,
    });
    expect(await bench.store.latestResults('telegram', '1001', 9)).toHaveLength(1);
  });

  it('asks the platform before it posts what may have been shown, and counts the copy', async () => {
    const bench = makeJobBench();
    const { id } = await bench.accept(makeRequest());
    await bench.take();
    await bench.inbox.posting(id);
    await runAgain(bench, id);
    expect(bench.fake.calls.map(({ method }) => method)).toEqual(['ping', 'post', 'edit']);
    expect(bench.counted).toContainEqual({ name: 'possible_duplicates', platform: 'telegram' });
  });

  it('posts once more what the program may have died posting', async () => {
    const bench = makeJobBench();
    const { id } = await bench.accept(makeRequest());
    for (let posts = 0; posts < 2; posts += 1) await bench.inbox.posting(id);
    const job = (await bench.take()) as Job;
    const ends = runnerOf(bench).runner.run({ ...job, deaths: 1 }, () => {});
    await bench.time.advance(1000);
    await ends;
    expect(bench.fake.named('post')).toHaveLength(1);
  });

  it('leaves a job alone that may have been shown twice', async () => {
    const bench = makeJobBench();
    bench.fake.plan('post', UNSURE, UNSURE);
    await bench.accept(makeRequest());
    for (let i = 0; i < 2; i++) {
      const job = (await bench.take()) as Job;
      const ends = runnerOf(bench).runner.run(job, () => {});
      await bench.time.advance(60_000);
      await ends;
    }
    expect(bench.fake.named('post')).toHaveLength(2);
    expect(bench.counted).toContainEqual({ name: 'undeliverable', platform: 'telegram' });
    expect(await bench.take()).toBeNull();
  });
});

describe('JobRunner, at the fourth attempt', () => {
  const tried = async (bench: JobBench, command: 'photo' | 'press') => {
    const call = command === 'photo' ? vibeOf('cat') : pressOf('x');
    const { id } = await bench.accept(makeRequest(call));
    for (let i = 0; i < 3; i++) {
      await bench.take();
      await bench.inbox.release(id, EPOCH, false);
    }
    return id;
  };

  it.each(['photo', 'press'] as const)('apologises without another try: %s', async (command) => {
    const bench = makeJobBench({
      photoReader: makeReader(() => {
        throw new Error('read once more');
      }),
    });
    await tried(bench, command);
    const { runner } = runnerOf(bench);
    const job = (await bench.take()) as Job;
    expect(job.attempts).toBe(4);
    await runner.run(job, () => {});
    expect(bench.lines).toEqual([]);
    const [told] = bench.fake.calls;
    expect(told?.text ?? bench.lastTexts()?.join()).toBe(LANGUAGES.en.apology);
    expect(bench.fake.calls).toHaveLength(1);
    expect(bench.counted).toContainEqual({ name: 'dead', platform: 'telegram' });
    expect(bench.counted).not.toContainEqual({ name: 'undeliverable', platform: 'telegram' });
    expect(await bench.take()).toBeNull();
  });

  it('goes on after many ends of the program, for others were in hand as well, but not for ever', async () => {
    const bench = makeJobBench();
    for (const [deaths, said] of [
      [99, 'photo jazz en'],
      [100, LANGUAGES.en.apology],
    ] as const) {
      await bench.accept(makeRequest(vibeOf('cat')));
      const job = (await bench.take()) as Job;
      const ends = runnerOf(bench).runner.run({ ...job, deaths }, () => {});
      await bench.time.advance(5000);
      await ends;
      expect(bench.lastTexts()).toContain(said);
      expect(await bench.take()).toBeNull();
    }
  });

  it('apologises later where the platform asks for a pause, and counts one death', async () => {
    const bench = makeJobBench();
    await tried(bench, 'photo');
    bench.fake.plan('post', laterBy(1000));
    const { runner } = runnerOf(bench);
    await runner.run((await bench.take()) as Job, () => {});
    await bench.time.advance(1000);
    await runner.run((await bench.take()) as Job, () => {});
    expect(bench.fake.named('post')).toHaveLength(2);
    expect(bench.counted.filter(({ name }) => name === 'dead')).toHaveLength(1);
    expect(await bench.take()).toBeNull();
  });
});

describe('JobRunner, when the disk refuses', () => {
  it('writes down what came of a job however long that takes', async () => {
    const bench = makeJobBench();
    let failures = 3;
    const inbox: Inbox = {
      ...bench.inbox,
      async done(id) {
        if (failures-- > 0) throw new Error('disk full');
        await bench.inbox.done(id);
      },
    };
    await bench.accept(makeRequest());
    const ends = runnerOf(bench, { inbox }).runner.run((await bench.take()) as Job, () => {});
    await bench.time.advance(10_000);
    await ends;
    expect(bench.lines.map(({ level }) => level)).toEqual(['error', 'error', 'error']);
    expect((await bench.inbox.depth()).quick).toEqual({ waiting: 0, running: 0 });
  });

  it('answers all the same, in the person’s language and without buttons, where nothing can be stored', async () => {
    const bench = makeJobBench();
    const refuse = () => Promise.reject(new StorageError('the table is gone'));
    const { putResult, result, putPrediction, language, choice } = bench.store;
    Object.assign(bench.store, { putResult: refuse, result: refuse, language: refuse, choice: refuse });
    await bench.accept(makeRequest(vibeOf('cat'), { asker: { id: '1001', locale: 'ar' } }));
    const { runner } = runnerOf(bench);
    await runner.run((await bench.take()) as Job, () => {});
    expect(bench.lastTexts()).toContain('photo jazz ar');
    expect(bench.fake.calls.at(-1)).toMatchObject({ card: { buttons: [], resultId: null } });
    expect(bench.counted.map(({ name }) => name)).toEqual(['answers']);
    Object.assign(bench.store, { putResult, result, putPrediction, language, choice });
    expect(await bench.store.result('result-of-k1')).toBeNull();
  });

  it('begins again where the asker’s language cannot be read', async () => {
    const bench = makeJobBench();
    const { language } = bench.store;
    let failures = 1;
    bench.store.language = async (key) => {
      if (failures-- > 0) throw new Error('disk gone');
      return language(key);
    };
    await bench.accept(makeRequest());
    const { runner } = runnerOf(bench);
    await runner.run((await bench.take()) as Job, () => {});
    expect(bench.fake.calls).toEqual([]);
    await bench.time.advance(2000);
    const again = (await bench.take()) as Job;
    expect(again.attempts).toBe(2);
    await runner.run(again, () => {});
    expect(bench.fake.named('post')).toHaveLength(1);
  });
});
