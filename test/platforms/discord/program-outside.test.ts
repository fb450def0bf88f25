import { expect, it } from 'vitest';
import type { FakeDiscord } from '../../support/discord/fake-discord.ts';
import { fixture, openDiscordScene } from '../../support/discord-program.ts';
import { startFakeOpenai } from '../../support/openai/fake-openai.ts';
import { startFakeYoutube } from '../../support/youtube/fake-youtube.ts';

const WORDS = 'Warm, low light falls';

async function open() {
  const [openai, youtube] = await Promise.all([startFakeOpenai(), startFakeYoutube()]);
  const scene = await openDiscordScene();
  const program = await scene.start({
    OPENAI_API_KEY: openai.key,
    OPENAI_BASE_URL: openai.url,
    YOUTUBE_API_KEY: youtube.key,
    YOUTUBE_ROOT_URL: youtube.url,
  });
  return { ...scene, openai, youtube, program };
}

const fromBot = (fake: FakeDiscord, channel: Parameters<FakeDiscord['messagesIn']>[0]) =>
  fake.messagesIn(channel).filter((message) => message.fromBot);

it('a photo in a direct message is answered, with songs beneath that turn in place', async () => {
  const { fake, openai, youtube } = await open();
  await using _ = openai;
  await using __ = youtube;
  const from = fake.user();
  const chat = fake.dm(from);
  fake.sendFiles([{ bytes: await fixture('coffee.jpg') }], { from });
  await fake.waitUntil(() => {
    const [answer, songs] = fromBot(fake, chat);
    return answer?.text.includes(WORDS) && songs;
  });
  const [answer, songs] = fromBot(fake, chat);
  if (!answer || !songs) throw new Error('no answer');
  expect(songs).toMatchObject({ isComponentsV2: false });
  expect(songs.previews).toHaveLength(1);
  expect(songs.content.match(/youtube\.com\/watch/g)).toHaveLength(5);
  fake.press(songs, 'Khaleeji', from);
  await fake.waitUntil(() => fake.message(songs.id).content.includes('Khaleeji'));
  expect(fake.message(songs.id).content).not.toBe(songs.content);
  expect(fromBot(fake, chat)).toHaveLength(2);
  expect(openai.violations).toEqual([]);
  expect(fake.violations).toEqual([]);
});

it('songs come behind a button in a server', async () => {
  const { fake, openai, youtube } = await open();
  await using _ = openai;
  await using __ = youtube;
  const by = fake.user();
  const { general } = fake.guild();
  const image = { bytes: await fixture('coffee.jpg') };
  const asked = fake.slash('vibe', { image, private: false }, { by, channel: general });
  await fake.waitUntil(() => asked.answer?.text.includes(WORDS));
  expect(fromBot(fake, general)).toHaveLength(1);
  if (!asked.answer) throw new Error('no answer');
  fake.press(asked.answer, '🎵 Tracks', by);
  await fake.waitUntil(() => fromBot(fake, general).length === 2);
  const [, songs] = fromBot(fake, general);
  expect(songs?.previews).toHaveLength(1);
  expect(fake.violations).toEqual([]);
});
