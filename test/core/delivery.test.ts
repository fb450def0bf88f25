import { describe, expect, it } from 'vitest';
import { Delivery, type DeliveryOptions } from '../../src/core/delivery.ts';
import { MessageTurns } from '../../src/core/message-turns.ts';
import type { Posted } from '../../src/core/stored-result.ts';
import { textCard } from '../../src/core/text-card.ts';
import { type FakeOutlet, makeOutlet } from '../support/fake-outlet.ts';
import { makeFakeTime } from '../support/fake-time.ts';
import { makeRequest } from '../support/make-request.ts';
import { recordTelemetry } from '../support/record-telemetry.ts';

const card = (title: string) => textCard('en', title, []);
const withImage = (title: string, fileName: string) =>
  textCard('en', title, [
    {
      kind: 'image',
      label: '',
      altText: '',
      fileName,
      content: { kind: 'stored', reference: 1 },
      spoiler: false,
    },
  ]);

function start(given: Partial<DeliveryOptions> = {}) {
  const time = makeFakeTime();
  const fake = makeOutlet(time.clock);
  const records: [Posted, string][] = [];
  const delivery = new Delivery({
    request: makeRequest(),
    id: 7,
    unsure: 0,
    deaths: 0,
    posted: null,
    shown() {},
    outlet: fake.outlet,
    inbox: { posting: async () => {}, notPosted: async () => {} },
    record: async (posted, { title }) => void records.push([posted, title]),
    turns: new MessageTurns(time),
    sleep: time.sleep,
    telemetry: recordTelemetry().telemetry,
    signal: new AbortController().signal,
    ...given,
  });
  return { time, fake, records, delivery };
}

/** Holds the next call of a method until it is let go. */
function hold(fake: FakeOutlet, method: 'post' | 'edit'): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  fake.plan(method, () => promise);
  return resolve;
}

const shown = ({ calls }: FakeOutlet) =>
  calls.map(({ method, card, at }) => `${method} ${card?.title} at ${at}`);

describe('Delivery', () => {
  it('posts the first card and edits that message from then on', async () => {
    const { delivery, fake, time } = start();
    expect(delivery.isPosted).toBe(false);
    delivery.show(card('a'));
    await delivery.finish();
    expect(delivery.isPosted).toBe(true);
    delivery.show(card('b'));
    await time.advance(0);
    expect(shown(fake)).toEqual(['post a at 0', 'edit b at 0']);
    expect(fake.calls[1]).toMatchObject({ messageId: 'm1' });
  });

  it('has nothing to finish before there is a card, nor twice after it', async () => {
    const { delivery, fake } = start();
    await delivery.finish();
    delivery.show(card('a'));
    await delivery.finish();
    await delivery.finish();
    expect(fake.calls).toHaveLength(1);
  });

  it('waits a second between edits, and shows the newest card then', async () => {
    const { delivery, fake, time } = start();
    for (const title of ['a', 'b', 'c', 'd']) {
      delivery.show(card(title));
      await time.advance(300);
    }
    await time.advance(5000);
    expect(shown(fake)).toEqual(['post a at 0', 'edit b at 300', 'edit d at 1300']);
  });

  it('never makes two edits within a second, however fast the cards come', async () => {
    const { delivery, fake, time } = start();
    for (let i = 0; i < 100; i++) {
      delivery.show(card(`${i}`));
      await time.advance(70);
    }
    const ends = delivery.finish();
    await time.advance(2000);
    await ends;
    const edits = fake.named('edit');
    expect(edits.length).toBeGreaterThan(5);
    const gaps = edits.slice(1).map(({ at }, index) => at - (edits[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
    expect(edits.at(-1)?.card?.title).toBe('99');
    expect(fake.named('post')).toHaveLength(1);
  });

  it.each(['post', 'edit'] as const)(
    'has one call in flight: during a %s the newest wins',
    async (method) => {
      const posted = method === 'edit' ? { messageId: 'm0', imageName: null, image: null } : null;
      const { delivery, fake, time } = start({ posted });
      const letGo = hold(fake, method);
      for (const title of ['a', 'b', 'c']) {
        delivery.show(card(title));
        await time.advance(2000);
      }
      expect(fake.calls).toHaveLength(1);
      letGo();
      await time.advance(2000);
      expect(fake.calls.map((call) => call.card?.title)).toEqual(['a', 'c']);
    },
  );

  it('finishes only when the newest card is shown', async () => {
    const { delivery, fake, time } = start();
    const letGo = hold(fake, 'post');
    delivery.show(card('a'));
    let finished = false;
    const ends = delivery.finish().then(() => {
      finished = true;
    });
    await time.advance(100);
    delivery.show(card('b'));
    letGo();
    expect(finished).toBe(false);
    await ends;
    expect(fake.calls.map((call) => call.card?.title)).toEqual(['a', 'b']);
  });

  it('misses no card, whenever it comes', async () => {
    for (let ticks = 0; ticks < 20; ticks++) {
      const { delivery, fake, time } = start();
      delivery.show(card('a'));
      for (let i = 0; i < ticks; i++) await Promise.resolve();
      delivery.show(card('b'));
      await time.advance(1000);
      expect(fake.calls.at(-1)?.card?.title, `after ${ticks} ticks`).toBe('b');
    }
  });

  it('shows a card once that is wanted again', async () => {
    const { delivery, fake, time } = start();
    const first = card('a');
    for (const each of [first, first, card('b')]) {
      delivery.show(each);
      await time.advance(1000);
    }
    expect(fake.calls.map((call) => call.card?.title)).toEqual(['a', 'b']);
  });

  it('edits only, where an earlier run posted', async () => {
    const { delivery, fake } = start({
      posted: { messageId: 'm9', imageName: null, image: null },
      unsure: 0,
    });
    expect(delivery.isPosted).toBe(true);
    delivery.show(card('a'));
    await delivery.finish();
    expect(fake.calls).toMatchObject([{ method: 'edit', messageId: 'm9' }]);
  });

  it('records the message when it is new or shows another picture, and not else', async () => {
    const { delivery, records, time } = start();
    const cards = [
      card('text'),
      card('still text'),
      withImage('a', 'a.jpg'),
      withImage('again a', 'a.jpg'),
      withImage('b', 'b.jpg'),
    ];
    for (const each of cards) {
      delivery.show(each);
      await time.advance(1000);
    }
    expect(records).toEqual([
      [{ messageId: 'm1', imageName: null, image: null }, 'text'],
      [{ messageId: 'm1', imageName: 'a.jpg', image: 'file of a.jpg' }, 'a'],
      [{ messageId: 'm1', imageName: 'b.jpg', image: 'file of b.jpg' }, 'b'],
    ]);
  });

  it('records an earlier run’s message once more, for that run may have died before it was kept', async () => {
    const posted = { messageId: 'm9', imageName: 'a.jpg', image: 'file of a.jpg' };
    const { delivery, records, time } = start({ posted });
    for (const title of ['a', 'again a']) {
      delivery.show(withImage(title, 'a.jpg'));
      await time.advance(1000);
    }
    expect(records).toEqual([[posted, 'a']]);
  });
});
