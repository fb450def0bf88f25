import { expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/languages/languages.ts';
import { startFakeAws } from '../../support/aws/fake-aws.ts';
import type { FakeDiscord } from '../../support/discord/fake-discord.ts';
import { fixture, isWhole, openDiscordScene } from '../../support/discord-program.ts';

const { ask, forget, title } = LANGUAGES.en.privacy;

async function open() {
  const aws = await startFakeAws();
  const scene = await openDiscordScene();
  const program = await scene.start(aws.settings);
  return { ...scene, aws, program };
}

type Channel = Parameters<FakeDiscord['messagesIn']>[0];
const fromBot = (fake: FakeDiscord, channel: Channel) =>
  fake.messagesIn(channel).filter((message) => message.fromBot);

it('asks in direct messages alone, keeps what it may, never to train with it, and forgets', async () => {
  const { fake, aws } = await open();
  await using _ = aws;
  const ann = fake.user();
  const chat = fake.dm(ann);
  const coffee = await fixture('coffee.jpg');
  fake.sendFiles([{ bytes: coffee }], { from: ann });
  await fake.waitUntil(() => fromBot(fake, chat).some(isWhole));
  const [first] = fromBot(fake, chat);
  if (!first) throw new Error('no answer');
  expect(first.text).toContain(ask.discord);
  fake.press(first, 'Keep my photos', ann);
  await fake.waitUntil(() => !fake.message(first.id).text.includes(ask.discord));
  const records = () => [...aws.objects].filter(([key]) => key.startsWith('records/'));
  await aws.waitForCall(() => records().length === 1, { timeoutMs: 30_000 });
  const [record] = records();
  expect(JSON.parse(`${record?.[1].bytes}`)).toMatchObject({ platform: 'discord', trainable: false });

  const { general } = fake.guild();
  const asked = fake.slash(
    'vibe',
    { image: { bytes: coffee }, private: false },
    { by: ann, channel: general },
  );
  await fake.waitUntil(() => asked.answer && isWhole(asked.answer));
  expect(asked.answer?.text).not.toContain(ask.discord);

  const exported = fake.slash('export', {}, { by: ann, channel: general });
  await fake.waitUntil(() => exported.answer?.documents.length === 1);
  const known = JSON.parse(`${exported.answer?.documents[0]?.bytes}`);
  expect(known).toMatchObject({ you: { platform: 'discord', id: ann.id }, keepingPhotos: { keep: true } });

  const forgetting = fake.slash('forget', {}, { by: ann, channel: general });
  await fake.waitUntil(() => forgetting.answer?.text.includes(forget.all));
  expect([...aws.objects]).toEqual([]);
  expect(fake.violations).toEqual([]);
});

it('tells who asks about their privacy, and counts, alone or for all', async () => {
  const { fake, aws } = await open();
  await using _ = aws;
  const ann = fake.user();
  const { general } = fake.guild();
  const image = { bytes: await fixture('coffee.jpg') };
  const vibe = fake.slash('vibe', { image, private: false }, { by: ann, channel: general });
  await fake.waitUntil(() => vibe.answer && isWhole(vibe.answer));
  const privacy = fake.slash('privacy', {}, { by: ann, channel: general });
  await fake.waitUntil(() => privacy.answer?.text.includes(title));
  expect(privacy.answer?.text).toContain('Answers: 1.');
  if (!privacy.answer) throw new Error('no answer');
  fake.press(privacy.answer, 'Keep my photos', ann);
  await fake.waitUntil(() => privacy.answer?.text.includes('Your photos are kept, as you allowed.'));
  const group = fake.slash('stats', {}, { by: ann, channel: general });
  await fake.waitUntil(() => group.answer?.text.includes('Photos in the last 7 days: 1.'));
  const own = fake.slash('stats', { private: true }, { by: ann, channel: general });
  await fake.waitUntil(() => own.answer?.text.includes('Photos in the last 90 days: 1.'));
  expect(own.answer?.pictures).toHaveLength(1);
  expect(fake.violations).toEqual([]);
});
