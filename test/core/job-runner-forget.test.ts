import { describe, expect, it } from 'vitest';
import { encodeAction } from '../../src/core/action.ts';
import type { Job } from '../../src/core/chat-ports.ts';
import { JobRunner } from '../../src/core/job-runner.ts';
import { StorageError } from '../../src/core/storage-error.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { EPOCH } from '../support/fake-time.ts';
import { mac, makeJobBench, startJobs } from '../support/job-bench.ts';
import { makeRequest, pressOf } from '../support/make-request.ts';
import { noKeeping, personOf } from '../support/no-keeping.ts';
import { recordArchive } from '../support/record-archive.ts';

const { begun, here } = LANGUAGES.en.privacy.forget;

describe('what is to be done, however late', () => {
  it('is that somebody is forgotten, though the platform takes no answer any more', async () => {
    const { archive, forgotten, toTell } = recordArchive();
    const { accept, runNext, isEmpty, store } = startJobs({ ...noKeeping, archive });
    await store.setLanguage('telegram:user:1001', 'ar');
    await accept(makeRequest({ command: 'forget' }, { answerBy: EPOCH - 1 }));
    await runNext();
    expect(forgotten).toEqual([[personOf('telegram', '1001').pseudonym, EPOCH]]);
    expect(toTell).toHaveLength(1);
    expect(await store.language('telegram:user:1001')).toBeNull();
    expect(await isEmpty()).toBe(true);
  });

  it('is what a button chooses', async () => {
    const { archive } = recordArchive();
    const { accept, runNext, store } = startJobs({ ...noKeeping, archive });
    const data = encodeAction({ kind: 'consent', keep: false, result: null }, mac);
    await accept(makeRequest(pressOf(data), { answerBy: EPOCH - 1 }));
    await runNext();
    expect(await store.choice('telegram:user:1001')).toMatchObject({ keep: false });
  });
});

describe('forgetting where the store cannot be had', () => {
  it('says that it has begun, once, and in the same message that it is done', async () => {
    const { archive, toTell } = recordArchive();
    const bench = makeJobBench({ archive });
    const { forget } = bench.store;
    let failures = 2;
    bench.store.forget = async (person) => {
      failures -= 1;
      if (failures >= 0) throw new StorageError('the table is gone');
      await forget(person);
    };
    await bench.accept(makeRequest({ command: 'forget' }));
    const runner = new JobRunner(bench.dependencies, new AbortController().signal, () => {});
    const once = async () => {
      await runner.run((await bench.take()) as Job, () => {});
      await bench.time.advance(2000);
    };
    await once();
    expect(bench.lastTexts()).toEqual([begun]);
    expect(toTell).toEqual([]);
    await once();
    await once();
    expect(bench.lastTexts()?.[0]).toBe(here);
    expect(bench.fake.calls.filter(({ method }) => method === 'post')).toHaveLength(1);
    expect(toTell).toHaveLength(1);
    expect((await bench.inbox.depth()).quick).toEqual({ waiting: 0, running: 0 });
  });
});
