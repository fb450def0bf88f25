import { expect, it } from 'vitest';
import { createWaitingLine } from '../../src/services/waiting-line.ts';

const NEVER = new AbortController().signal;

it('lets in one at a time, in order, without those who left', async () => {
  const line = createWaitingLine({ places: 1, maxWaiting: 3 });
  const leaver = new AbortController();
  const inside: string[] = [];
  const enter = async (name: string, signal = NEVER) => {
    await line.enter(signal);
    inside.push(name);
  };
  await enter('first');
  const [second, gone, third] = [enter('second'), enter('gone', leaver.signal), enter('third')];
  leaver.abort(new Error('left'));
  await expect(gone).rejects.toThrow('left');
  expect(inside).toEqual(['first']);
  line.leave();
  await second;
  expect(inside).toEqual(['first', 'second']);
  line.leave();
  await third;
  line.leave();
  await enter('much later');
  expect(inside).toEqual(['first', 'second', 'third', 'much later']);
});

it('is busy when too many wait, until one has left', async () => {
  const line = createWaitingLine({ places: 1, maxWaiting: 1 });
  await line.enter(NEVER);
  const waiting = line.enter(NEVER);
  await expect(line.enter(NEVER)).rejects.toMatchObject({ name: 'UserError', code: 'busy' });
  line.leave();
  await waiting;
  line.leave();
  await expect(line.enter(NEVER)).resolves.toBeUndefined();
});

it('has as many places as asked for, and gives each to one at a time', async () => {
  const line = createWaitingLine({ places: 2, maxWaiting: 1 });
  await line.enter(NEVER);
  await line.enter(NEVER);
  const third = line.enter(NEVER);
  line.leave();
  await third;
  const fourth = line.enter(NEVER);
  await expect(line.enter(NEVER)).rejects.toMatchObject({ code: 'busy' });
  line.leave();
  await fourth;
});
