import { expect, it } from 'vitest';
import { acceptWhileHeld } from '../src/accept-while-held.ts';
import { StorageError } from '../src/core/storage-error.ts';
import { makeRequest } from './support/make-request.ts';

it('accepts while the lease is held, and not a moment longer', async () => {
  const lease = { isHeld: true };
  const keys: string[] = [];
  const accept = acceptWhileHeld(lease, async ({ key }) => {
    keys.push(key);
    return 'accepted';
  });
  const incoming = (key: string) => ({ request: makeRequest(), key, groupKey: null });
  expect(await accept(incoming('a'))).toBe('accepted');
  lease.isHeld = false;
  // what is not stored comes again, to whoever holds the lease then
  await expect(accept(incoming('b'))).rejects.toThrow(StorageError);
  expect(keys).toEqual(['a']);
});
