import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { sleep } from '../../src/services/sleep.ts';

it('resolves, and leaves nothing on the signal', async () => {
  const { signal } = new AbortController();
  await expect(sleep(1, signal)).resolves.toBeUndefined();
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

it("rejects with the signal's own reason, during and before", async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const sleeping = sleep(1e6, controller.signal);
  controller.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
  await expect(sleep(1e6, controller.signal)).rejects.toBe(reason);
  await expect(sleep(1e6, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});
