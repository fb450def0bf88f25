import { describe, expect, it } from 'vitest';
import { encodeAction } from '../../src/core/action.ts';
import { UserError } from '../../src/core/user-error.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { GONE, laterBy, makeOutlet } from '../support/fake-outlet.ts';
import { mac, startJobs } from '../support/job-bench.ts';
import { GROUP, makeRequest, pressOf, vibeOf } from '../support/make-request.ts';
import { imageSource } from '../support/reading-ports.ts';

const RESULT = 'result-of-k1';
const SHARE = pressOf(encodeAction({ kind: 'share', result: RESULT }, mac));

/** A photo that was answered in a group. */
async function start() {
  const bench = startJobs();
  await bench.accept(makeRequest(vibeOf('cat'), { chat: GROUP }));
  await bench.runNext();
  const share = async () => {
    await bench.accept(makeRequest(SHARE, { chat: GROUP }));
    await bench.runNext();
  };
  return { ...bench, share };
}

describe('a publication', () => {
  it('is handed to the platform, beside the message that has the button', async () => {
    const { share, fake, isEmpty, counted } = await start();
    const before = fake.calls.length;
    await share();
    expect(fake.calls.slice(before)).toMatchObject([
      { method: 'publish', request: { call: { command: 'press' } }, card: { resultId: RESULT } },
    ]);
    expect(counted.at(-1)).toMatchObject({ name: 'answers', command: 'press', outcome: 'ok' });
    expect(await isEmpty()).toBe(true);
  });

  it('that may not be posted is told in passing to who pressed', async () => {
    const { share, fake, isEmpty } = await start();
    fake.plan('publish', () => {
      throw new UserError('may-not-post', {});
    });
    await share();
    const text = LANGUAGES.en.errors['may-not-post']({});
    expect(fake.calls.at(-1)).toMatchObject({ method: 'toast', text });
    expect(fake.named('post')).toHaveLength(1);
    expect(await isEmpty()).toBe(true);
  });

  it('waits where the platform asks for a pause, and ends where the chat is gone', async () => {
    const { share, runNext, fake, inbox, time, isEmpty } = await start();
    fake.plan('publish', laterBy(30_000), GONE);
    const before = time.calendar();
    await share();
    expect(await inbox.nextAt('quick')).toBe(before + 30_000);
    await time.advance(30_000);
    await runNext();
    expect(fake.named('publish')).toHaveLength(2);
    expect(await isEmpty()).toBe(true);
  });
});

describe('the photo on a card', () => {
  it.each([
    ['telegram', false],
    ['discord', true],
  ] as const)('is shown where the platform says so: %s, %s', async (platform, showsPhoto) => {
    const { outlet, calls } = makeOutlet(() => 0);
    const { accept, runNext } = startJobs({ platforms: { [platform]: { imageSource, outlet, showsPhoto } } });
    await accept(makeRequest(vibeOf('cat'), { platform }));
    await runNext();
    const images = calls.at(-1)?.card?.blocks.filter(({ kind }) => kind === 'image');
    expect(images).toHaveLength(showsPhoto ? 2 : 1);
  });
});
