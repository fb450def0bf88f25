import sharp from 'sharp';
import { expect, it } from 'vitest';
import { sharpFailure } from '../../src/services/sharp-failure.ts';

it('knows a time limit by the words that sharp has for it', async () => {
  const slow = sharp({ create: { width: 7000, height: 7000, channels: 3, background: '#777' } })
    .blur(90)
    .timeout({ seconds: 1 });
  const cause = await slow
    .raw()
    .toBuffer()
    .catch((error: unknown) => error);
  expect(sharpFailure(cause)).toMatchObject({ code: 'timed-out', cause });
});

it('takes anything unknown for an unreadable picture', () => {
  const cause = new Error('something new');
  expect(sharpFailure(cause)).toMatchObject({ code: 'unreadable', cause });
});
