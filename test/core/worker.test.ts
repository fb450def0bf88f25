import { describe, expect, it } from 'vitest';
import type { JobRunnerDependencies } from '../../src/core/job-runner.ts';
import { createWorker } from '../../src/core/worker.ts';
import { makeJobBench } from '../support/job-bench.ts';
import { makeRequest, vibeOf } from '../support/make-request.ts';
import { makeReader } from '../support/reading-ports.ts';

function start(given: Partial<JobRunnerDependencies> = {}) {
  const bench = makeJobBench(given);
  const lanes = { photo: { slots: 2, perAsker: 2 }, quick: { slots: 2, perAsker: 2 } };
  return { ...bench, worker: createWorker({ lanes }, bench.dependencies) };
}

/** A reader that looks at nothing before it is let go, nor after the signal. */
function heldReader() {
  const reader = makeReader();
  const { promise, resolve } = Promise.withResolvers<void>();
  const photoReader = {
    ...reader,
    async look(...[bytes, why, signal]: Parameters<typeof reader.look>) {
      const { promise: aborted, reject } = Promise.withResolvers<never>();
      signal.addEventListener('abort', () => reject(signal.reason));
      await Promise.race([promise, aborted]);
      return reader.look(bytes, why, signal);
    },
  };
  return { photoReader, letGo: resolve };
}

describe('createWorker', () => {
  it('answers what waits, and what comes later when it is woken', async () => {
    const { worker, accept, fake, time } = start();
    await accept(makeRequest(vibeOf('left over')));
    worker.wake();
    await time.advance(1000);
    expect(fake.named('post')).toHaveLength(1);
    await accept(makeRequest({ command: 'help', asked: true }));
    worker.wake();
    await time.advance(1000);
    expect(fake.named('post')).toHaveLength(2);
    await worker.drain(0);
  });

  it('answers what is quick while photos fill their own lane', async () => {
    const { photoReader, letGo } = heldReader();
    const { worker, accept, fake, time, inbox } = start({ photoReader });
    for (const asker of ['1', '2', '3']) {
      await accept(makeRequest(vibeOf('cat'), { asker: { id: asker, locale: null } }));
    }
    await accept(makeRequest({ command: 'about' }));
    worker.wake();
    await time.advance(100);
    expect(fake.named('post').map(({ request }) => request?.call.command)).toEqual(['about']);
    expect((await inbox.depth()).photo).toEqual({ waiting: 1, running: 2 });
    letGo();
    await time.advance(100);
    expect(fake.named('post')).toHaveLength(4);
    await worker.drain(0);
  });

  it('tells who waits, and answers in the same message', async () => {
    const { photoReader, letGo } = heldReader();
    const { worker, accept, fake, time } = start({ photoReader });
    const accepted = await accept(makeRequest(vibeOf('cat')));
    worker.wake();
    await worker.tellWaiting(accepted, makeRequest(vibeOf('cat')));
    letGo();
    await time.advance(5000);
    expect(fake.named('post')).toHaveLength(1);
    await worker.drain(0);
  });
});

describe('drain', () => {
  it('waits for what runs, takes nothing more, and leaves the rest where it is', async () => {
    const { photoReader, letGo } = heldReader();
    const { worker, accept, fake, time, inbox } = start({ photoReader });
    for (let i = 0; i < 3; i++) await accept(makeRequest(vibeOf('cat')));
    worker.wake();
    await time.advance(0);
    let drained = false;
    const ends = worker.drain(20_000).then(() => {
      drained = true;
    });
    await time.advance(19_000);
    expect(drained).toBe(false);
    letGo();
    await time.advance(999);
    await ends;
    expect(fake.named('post')).toHaveLength(2);
    expect((await inbox.depth()).photo).toEqual({ waiting: 1, running: 0 });
    worker.wake();
    await time.advance(1000);
    expect((await inbox.depth()).photo).toEqual({ waiting: 1, running: 0 });
  });

  it('puts back, as if it had not been tried, what takes too long', async () => {
    const { photoReader } = heldReader();
    const { worker, accept, fake, time, inbox, lines } = start({ photoReader });
    await accept(makeRequest(vibeOf('cat')));
    worker.wake();
    await time.advance(0);
    const ends = worker.drain(20_000);
    await time.advance(19_999);
    expect((await inbox.depth()).photo).toEqual({ waiting: 0, running: 1 });
    await time.advance(1);
    await ends;
    expect((await inbox.depth()).photo).toEqual({ waiting: 1, running: 0 });
    expect(await inbox.take('photo', 1)).toMatchObject({ attempts: 1, unsure: 0, posted: null });
    expect(fake.named('post')).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('waits for a message that says who waits', async () => {
    const { worker, accept, fake, time, inbox } = start();
    const accepted = await accept(makeRequest(vibeOf('cat')));
    const posting = Promise.withResolvers<void>();
    fake.plan('post', () => posting.promise);
    await worker.tellWaiting(accepted, makeRequest(vibeOf('cat')));
    let drained = false;
    const ends = worker.drain(20_000).then(() => {
      drained = true;
    });
    await time.advance(1000);
    expect(drained).toBe(false);
    posting.resolve();
    await ends;
    expect(await inbox.take('photo', 1)).toMatchObject({ unsure: 0, posted: { messageId: 'm1' } });
  });

  it('is over at once when nothing runs, long before its limit', async () => {
    const { worker, time } = start();
    await worker.drain(20_000);
    expect(time.clock()).toBe(0);
  });
});
