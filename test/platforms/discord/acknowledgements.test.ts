import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Acknowledgements } from '../../../src/platforms/discord/acknowledgements.ts';

it('says of each whether it was taken, once that is known', async () => {
  const acknowledgements = new Acknowledgements();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  acknowledgements.add('1', promise);
  acknowledgements.add('2', Promise.resolve(false));
  const known: boolean[] = [];
  const waiting = acknowledgements.taken('1').then((isTaken) => known.push(isTaken));
  expect(await acknowledgements.taken('2')).toBe(false);
  expect(known).toEqual([]);
  resolve(true);
  await waiting;
  expect(known).toEqual([true]);
});

it('believes that those of an earlier run were taken', async () => {
  expect(await new Acknowledgements().taken('unknown')).toBe(true);
});

it('remembers a refusal for as long as there is room, and nothing of what was taken', async () => {
  const acknowledgements = new Acknowledgements();
  acknowledgements.add('refused', Promise.resolve(false));
  for (let id = 0; id < 20_000; id += 1) {
    acknowledgements.add(`${id}`, Promise.resolve(true));
    if (id % 1000 === 0) await turn(); // they are taken one after the other, not all at once
  }
  expect(await acknowledgements.taken('refused')).toBe(false);
  for (let id = 0; id < 10_000; id += 1) acknowledgements.add(`${id}`, Promise.resolve(false));
  expect(await acknowledgements.taken('9999')).toBe(false);
  expect(await acknowledgements.taken('refused')).toBe(true);
});
