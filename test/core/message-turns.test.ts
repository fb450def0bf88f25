import { describe, expect, it } from 'vitest';
import { MessageTurns } from '../../src/core/message-turns.ts';
import { makeFakeTime } from '../support/fake-time.ts';

const { signal } = new AbortController();

function start() {
  const time = makeFakeTime();
  const turns = new MessageTurns(time);
  const done: string[] = [];
  const edit = (key: string, job: number, name: string, wait: Promise<void> = Promise.resolve()) =>
    turns.edit(
      key,
      job,
      async () => {
        await wait;
        done.push(`${name} at ${time.clock()}`);
        return name;
      },
      signal,
    );
  return { time, done, edit };
}

describe('MessageTurns', () => {
  it('edits a message once a second, and others meanwhile', async () => {
    const { time, done, edit } = start();
    const edits = [edit('m', 1, 'a'), edit('m', 1, 'b'), edit('other', 1, 'c')];
    await time.advance(0);
    expect(done).toEqual(['a at 0', 'c at 0']);
    await time.advance(999);
    expect(done).toHaveLength(2);
    await time.advance(1);
    expect(done.at(-1)).toBe('b at 1000');
    expect(await Promise.all(edits)).toEqual(['a', 'b', 'c']);
  });

  it('leaves out what an earlier job comes with after a later one', async () => {
    const { time, done, edit } = start();
    expect(await edit('m', 5, 'press')).toBe('press');
    const late = edit('m', 3, 'words of the answer');
    await time.advance(1000);
    expect(await late).toBeNull();
    expect(done).toEqual(['press at 0']);
  });

  it('leaves out an earlier job that waits when a later one comes', async () => {
    const { time, done, edit } = start();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const first = edit('m', 1, 'first', held);
    await time.advance(0);
    const [second, third] = [edit('m', 2, 'second'), edit('m', 3, 'third')];
    release();
    await time.advance(1000);
    await time.advance(1000);
    expect(await Promise.all([first, second, third])).toEqual(['first', null, 'third']);
    expect(done).toHaveLength(2);
  });

  it('goes on after an edit that failed', async () => {
    const time = makeFakeTime();
    const turns = new MessageTurns(time);
    const failing = turns.edit('m', 1, () => Promise.reject(new Error('refused')), signal);
    await expect(failing).rejects.toThrow('refused');
    const next = turns.edit('m', 1, async () => 'next', signal);
    await time.advance(1000);
    expect(await next).toBe('next');
  });
});
