import { expect, it } from 'vitest';
import { createPersonOf } from '../src/create-person-of.ts';
import { createMac } from '../src/services/signing-keys.ts';

const of = (secret: string) => createPersonOf(createMac(new TextEncoder().encode(secret), 'pseudonyms'));

it('gives everybody a pseudonym of their own, always the same, that says nothing without the secret', () => {
  const personOf = of('a secret of the tests');
  const ann = personOf('telegram', '1001');
  expect(ann).toEqual({ platform: 'telegram', id: '1001', pseudonym: expect.stringMatching(/^[\w-]{32}$/) });
  expect(of('a secret of the tests')('telegram', '1001')).toEqual(ann);
  const others = [
    personOf('discord', '1001'),
    personOf('telegram', '1002'),
    of('another')('telegram', '1001'),
  ];
  for (const { pseudonym } of others) expect(pseudonym).not.toBe(ann.pseudonym);
});
