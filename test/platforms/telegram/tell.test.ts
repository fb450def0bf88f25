import { expect, it } from 'vitest';
import { OutletError } from '../../../src/core/outlet-error.ts';
import { textCard } from '../../../src/core/text-card.ts';
import { openTelegramPlatform } from '../../support/telegram-open-platform.ts';

const { signal } = new AbortController();
const card = textCard('en', 'For whoever runs this bot', ['Something <happened>.']);

it('says something in a chat where nobody asked', async () => {
  const { fake, platform } = await openTelegramPlatform();
  const admin = fake.user();
  fake.privateChat(admin);
  await platform.tell(`${admin.id}`, card, signal);
  const [{ params } = { params: {} }] = fake.callsOf('sendMessage');
  expect(params).toMatchObject({
    chat_id: admin.id,
    text: '<b>For whoever runs this bot</b>\n\nSomething &lt;happened&gt;.',
  });
  expect(fake.violations).toEqual([]);
});

it('fails where the bot may not write', async () => {
  const { platform } = await openTelegramPlatform();
  await expect(platform.tell('987654', card, signal)).rejects.toBeInstanceOf(OutletError);
});
