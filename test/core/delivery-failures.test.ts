import { describe, expect, it } from 'vitest';
import { Delivery, type DeliveryOptions } from '../../src/core/delivery.ts';
import { MessageTurns } from '../../src/core/message-turns.ts';
import { OutletRefusal } from '../../src/core/outlet-refusal.ts';
import { textCard } from '../../src/core/text-card.ts';
import { fine, GONE, laterBy, makeOutlet, UNSURE } from '../support/fake-outlet.ts';
import { makeFakeTime } from '../support/fake-time.ts';
import { makeRequest } from '../support/make-request.ts';
import { recordTelemetry } from '../support/record-telemetry.ts';

const card = textCard('en', 'a', []);

function start(given: Partial<DeliveryOptions> = {}) {
  const time = makeFakeTime();
  const fake = makeOutlet(time.clock);
  const { telemetry, counted } = recordTelemetry();
  const written: string[] = [];
  const stop = new AbortController();
  const delivery = new Delivery({
    request: makeRequest(),
    id: 7,
    unsure: 0,
    deaths: 0,
    posted: null,
    shown() {},
    outlet: fake.outlet,
    inbox: {
      posting: async (id) => void written.push(`posting ${id}`),
      notPosted: async (id) => void written.push(`notPosted ${id}`),
    },
    record: async () => void written.push('recorded'),
    turns: new MessageTurns(time),
    sleep: time.sleep,
    telemetry,
    signal: stop.signal,
    ...given,
  });
  /** Shows the card and gives what became of it; a minute passes. */
  const outcome = async () => {
    delivery.show(card);
    const ends = delivery.finish().then(
      () => 'shown',
      (error: unknown) => error,
    );
    await time.advance(60_000);
    return ends;
  };
  const methods = () => fake.calls.map(({ method }) => method);
  return { time, fake, delivery, counted, written, stop, outcome, methods };
}

describe('Delivery, where the platform certainly showed nothing', () => {
  it.each([
    ['gone', GONE, { kind: 'gone' }],
    ['later', laterBy(500), { kind: 'later', afterMs: 500 }],
  ])('takes the post back and rejects: %s', async (_, plan, failure) => {
    const { delivery, fake, written, counted, outcome, methods } = start();
    fake.plan('post', plan);
    expect(await outcome()).toMatchObject({ name: 'OutletError', failure });
    expect(written).toEqual(['posting 7', 'notPosted 7']);
    expect(methods()).toEqual(['post']);
    expect(counted).toEqual([]);
    expect(delivery.isPosted).toBe(false);
    expect(delivery.hasFailed).toBe(true);
  });

  it('shows nothing more after it', async () => {
    const { fake, outcome, methods } = start();
    fake.plan('post', GONE);
    await outcome();
    expect(await outcome()).toMatchObject({ failure: { kind: 'gone' } });
    expect(methods()).toEqual(['post']);
  });

  it('passes on what an edit met with', async () => {
    const { fake, outcome, delivery } = start({ posted: { messageId: 'm9', imageName: null, image: null } });
    fake.plan('edit', laterBy(3000));
    expect(await outcome()).toMatchObject({ failure: { kind: 'later', afterMs: 3000 } });
    expect(delivery.isPosted).toBe(true);
  });

  it('does not leave a failure that nobody waits for unhandled', async () => {
    const { fake, delivery, time } = start();
    fake.plan('post', GONE);
    delivery.show(card);
    await time.advance(1000);
    expect(delivery.hasFailed).toBe(true);
  });
});

describe('Delivery, where nobody knows whether the platform showed it', () => {
  it('asks until the platform answers, posts once more, and counts the copy that there may be', async () => {
    const { fake, written, counted, outcome, methods } = start();
    fake.plan('post', UNSURE);
    fake.plan('ping', UNSURE, laterBy(1), UNSURE);
    expect(await outcome()).toBe('shown');
    expect(methods()).toEqual(['post', 'ping', 'ping', 'ping', 'ping', 'post']);
    expect(written).toEqual(['posting 7', 'posting 7', 'recorded']);
    expect(counted).toEqual([{ name: 'possible_duplicates', platform: 'telegram' }]);
    expect(fake.named('ping').map(({ at }) => at)).toEqual([0, 500, 1500, 3500]);
  });

  it('gives up, without a second post, when the platform does not answer any more', async () => {
    const { fake, counted, outcome, methods } = start();
    fake.plan('post', UNSURE);
    fake.plan('ping', ...Array.from({ length: 6 }, () => laterBy(700)));
    expect(await outcome()).toMatchObject({ failure: { kind: 'later', afterMs: 700 } });
    expect(methods()).toEqual(['post', ...Array.from({ length: 6 }, () => 'ping')]);
    expect(counted).toEqual([]);
  });

  it('never posts a third time', async () => {
    const { fake, written, outcome, methods } = start();
    fake.plan('post', UNSURE, UNSURE);
    expect(await outcome()).toMatchObject({ failure: { kind: 'unsure' } });
    expect(methods()).toEqual(['post', 'ping', 'post']);
    expect(written).toEqual(['posting 7', 'posting 7']);
    const next = start({ unsure: 2 });
    expect(await next.outcome()).toMatchObject({ failure: { kind: 'gone' } });
    expect(next.methods()).toEqual([]);
  });

  it.each([
    { unsure: 2, deaths: 1, posts: 1 },
    { unsure: 3, deaths: 1, posts: 0 },
    { unsure: 4, deaths: 9, posts: 1 },
    { unsure: 5, deaths: 9, posts: 0 },
  ])(
    'posts once more for each end of the program, three of them at most: $unsure posts and $deaths ends',
    async ({ posts, ...before }) => {
      const { outcome, fake } = start(before);
      expect(await outcome()).toEqual(
        posts ? 'shown' : expect.objectContaining({ failure: { kind: 'gone' } }),
      );
      expect(fake.named('post')).toHaveLength(posts);
    },
  );

  it('asks first where an earlier run left it so', async () => {
    const { outcome, methods, counted, written } = start({ unsure: 1 });
    expect(await outcome()).toBe('shown');
    // the platform may have taken both posts for one, and show the first one's card
    expect(methods()).toEqual(['ping', 'post', 'edit']);
    expect(counted).toHaveLength(1);
    expect(written).toEqual(['posting 7', 'recorded']);
  });

  it('knows that nothing is shown where the platform said no', async () => {
    const { fake, counted, written, outcome } = start();
    fake.plan('post', () => {
      throw new OutletRefusal('no');
    });
    expect(await outcome()).toMatchObject({ message: 'no' });
    expect([written, counted]).toEqual([['posting 7', 'notPosted 7'], []]);
  });

  it('stays as unsure as before when the second post certainly showed nothing', async () => {
    const { fake, written, outcome } = start();
    fake.plan('post', UNSURE, laterBy(100));
    expect(await outcome()).toMatchObject({ failure: { kind: 'later' } });
    expect(written).toEqual(['posting 7', 'posting 7', 'notPosted 7']);
  });

  it('counts anything else that a post throws as unsure', async () => {
    const { fake, written, outcome } = start();
    fake.plan('post', () => {
      throw new Error('a bug');
    });
    expect(await outcome()).toMatchObject({ message: 'a bug' });
    expect(written).toEqual(['posting 7']);
  });
});

describe('Delivery, where the disk or the program stops it', () => {
  it('does not post what could not be written down before', async () => {
    const posting = async () => Promise.reject(new Error('disk full'));
    const { outcome, methods } = start({ inbox: { posting, notPosted: async () => {} } });
    expect(await outcome()).toMatchObject({ message: 'disk full' });
    expect(methods()).toEqual([]);
  });

  it('rejects when the posted message cannot be written down', async () => {
    const { outcome } = start({ record: async () => Promise.reject(new Error('disk full')) });
    expect(await outcome()).toMatchObject({ message: 'disk full' });
  });

  it('ends with the signal while it waits for its second', async () => {
    const { delivery, time, stop, fake } = start();
    for (const title of ['a', 'b', 'c']) {
      delivery.show(textCard('en', title, []));
      await time.advance(10);
    }
    const ends = delivery.finish();
    stop.abort(new Error('stopped'));
    await expect(ends).rejects.toThrow('stopped');
    await time.advance(5000);
    expect(fake.calls).toHaveLength(2);
  });

  it('posts nothing more once the program stops', async () => {
    const { outcome, stop, methods, written, fake } = start();
    fake.plan('post', fine);
    stop.abort(new Error('stopped'));
    expect(await outcome()).toMatchObject({ message: 'stopped' });
    expect(methods()).toEqual([]);
    expect(written).toEqual([]);
  });
});

describe('Delivery, where a further post takes the place of the one before', () => {
  it('tries as often as it takes, and is no duplicate', async () => {
    const fake = makeOutlet(() => 0, false, true);
    const { outcome, counted, written } = start({ outlet: fake.outlet, unsure: 5 });
    fake.plan('post', UNSURE);
    expect(await outcome()).toMatchObject({ failure: { kind: 'unsure' } });
    expect(written).toEqual(['posting 7']);
    const next = start({ outlet: fake.outlet, unsure: 6 });
    expect(await next.outcome()).toBe('shown');
    expect(next.written).toEqual(['posting 7', 'recorded']);
    expect([...counted, ...next.counted]).toEqual([]);
  });
});
