import { expect, it } from 'vitest';
import type { Card } from '../src/core/card.ts';
import { OutletError } from '../src/core/outlet-error.ts';
import { OutletRefusal } from '../src/core/outlet-refusal.ts';
import { LANGUAGES } from '../src/languages/languages.ts';
import type { Platforms } from '../src/open-platforms.ts';
import { createTellForgotten } from '../src/tell-forgotten.ts';
import { textsOf } from './support/command-bench.ts';
import { EPOCH } from './support/fake-time.ts';
import { makeRequest } from './support/make-request.ts';
import { openState } from './support/open-state.ts';

const call = { command: 'forgotten', language: 'ar' } as const;

function start(failure?: Error) {
  const { inbox } = openState(() => EPOCH);
  const told: { recipient: string; card: Card }[] = [];
  const platform = {
    async tell(recipient: string, card: Card) {
      if (failure) throw failure;
      told.push({ recipient, card });
    },
  };
  const platforms = { telegram: platform, discord: platform } as unknown as Platforms;
  let woken = 0;
  const worker = {
    wake() {
      woken += 1;
    },
  };
  const tell = createTellForgotten({ inbox, worker, platforms, calendar: () => EPOCH });
  return { inbox, told, tell, woken: () => woken };
}

it('is accepted as a request, once, where what they asked can still be answered', async () => {
  const { inbox, told, tell, woken } = start();
  const request = makeRequest(call);
  await tell(request, 'erasure:ann:1');
  await tell(request, 'erasure:ann:1');
  await tell(makeRequest(call, { answerBy: EPOCH + 61_000 }), 'erasure:ben:1');
  expect(await inbox.depth()).toMatchObject({ quick: { waiting: 2 }, photo: { waiting: 0 } });
  expect((await inbox.take('quick', 4))?.requests).toEqual([request]);
  expect(told).toEqual([]);
  expect(woken()).toBe(3);
});

it('is told to them alone where it is too late for an answer', async () => {
  const { inbox, told, tell } = start();
  await tell(makeRequest(call, { answerBy: EPOCH + 59_000, platform: 'discord' }), 'erasure:ann:1');
  expect(told.map(({ recipient }) => recipient)).toEqual(['1001']);
  expect(told.map(({ card }) => textsOf(card))).toEqual([[LANGUAGES.ar.privacy.forget.all]]);
  expect(await inbox.depth()).toMatchObject({ quick: { waiting: 0 } });
});

it.each([
  ['who takes no messages', new OutletError('closed', { kind: 'gone' }), true],
  ['who may not be written to', new OutletRefusal('no'), true],
  ['whose platform cannot be had just now', new OutletError('down', { kind: 'later', afterMs: 5 }), false],
  ['where something else is wrong', new Error('a bug'), false],
])('is given up for one %s', async (_, failure, isGivenUp) => {
  const { tell } = start(failure);
  const telling = tell(makeRequest(call, { answerBy: EPOCH - 1 }), 'erasure:ann:1');
  if (isGivenUp) await expect(telling).resolves.toBeUndefined();
  else await expect(telling).rejects.toBe(failure);
});
