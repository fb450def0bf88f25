import { expect, it } from 'vitest';
import { OutletError } from '../../../src/core/outlet-error.ts';
import { textCard } from '../../../src/core/text-card.ts';
import { openDiscordPlatform } from '../../support/discord-open-platform.ts';

const card = textCard('en', 'For whoever runs this bot', ['Something @everyone *happened*.']);

it('says something to somebody who has not asked', async () => {
  const { fake, platform, signal } = await openDiscordPlatform();
  const admin = fake.user();
  await platform.tell(admin.id, card, signal);
  const [open, post] = fake.calls;
  expect(open).toMatchObject({ body: { recipient_id: admin.id } });
  expect(JSON.stringify(post?.body)).toContain('For whoever runs this bot');
  expect(post?.body).toMatchObject({ allowed_mentions: { parse: [] } });
  expect(fake.violations).toEqual([]);
});

it('fails for somebody who is not there', async () => {
  const { platform, signal } = await openDiscordPlatform();
  await expect(platform.tell('100000000000000001', card, signal)).rejects.toBeInstanceOf(OutletError);
});
