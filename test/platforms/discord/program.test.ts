import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Interaction } from '../../support/discord/interact.ts';
import type { SeenMessage } from '../../support/discord/message-store.ts';
import { fixture, isWhole, openDiscordScene } from '../../support/discord-program.ts';
import { runProgram } from '../../support/run-program.ts';
import { startFakeBotApi } from '../../support/telegram/fake-bot-api.ts';

const answerOf = ({ answer }: Interaction) => {
  if (!answer) throw new Error('there is no answer yet');
  return answer;
};
/** Which pictures a message shows. */
const shownBy = ({ pictures }: SeenMessage) =>
  pictures.map(({ bytes }) =>
    createHash('sha256')
      .update(bytes ?? '')
      .digest('hex'),
  );
const namesOf = ({ pictures }: SeenMessage) =>
  pictures.map(({ url }) => new URL(url).pathname.split('/').at(-1));
const done = (interaction: Interaction) => interaction.answer !== undefined && isWhole(interaction.answer);

describe('npm start with a Discord token', () => {
  it('answers /vibe with genre, bars, heatmap, words and playlists, and its buttons work after a restart', async () => {
    const { fake, settings, start } = await openDiscordScene();
    const registered = await runProgram([], { env: settings, start: 'deploy/commands.ts' });
    expect(registered).toMatchObject({ code: 0 });
    const first = await start();
    const by = fake.user();
    const { general } = fake.guild();
    const bytes = await fixture('coffee.jpg');
    const asked = fake.slash('vibe', { image: { bytes }, private: false }, { by, channel: general });
    await fake.waitUntil(() => done(asked));
    const card = answerOf(asked);
    expect(card).toMatchObject({ isComponentsV2: true, isEphemeral: false, allowedMentions: { parse: [] } });
    expect(card.text).toMatch(/^## Jazz · \d+%/);
    expect(card.text).toMatch(/`█+░*` \d+% jazz/);
    expect(card.text).toContain('What the model looked at');
    const links = ['Jazz · Global', 'Jazz · Khaleeji', 'YouTube Music', 'Spotify'];
    const labels = [...links, 'Share', '👍', '👎'];
    expect(card.buttons.map(({ label }) => label)).toEqual(labels);
    expect(card.selects).toMatchObject([{ placeholder: 'Why not …?' }]);
    const [heatmap, photo] = card.pictures;
    expect(heatmap?.description).toMatch(/\w+/);
    expect(photo?.bytes?.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect(await first.stop('SIGTERM')).toBe(0);

    await start();
    fake.choose(card, ['rock'], by);
    await fake.waitUntil(
      () => fake.message(card.id).text.includes('Why rock?') && isWhole(fake.message(card.id)),
    );
    const rock = fake.message(card.id);
    expect(rock.pictures[0]?.url).not.toBe(heatmap?.url);
    // its pixels are those of the card's own photo
    expect(fake.callsOf('file')).toHaveLength(2);
    fake.press(rock, '‹ Back', by);
    await fake.waitUntil(() => fake.message(card.id).text === card.text);
    // the heatmap is drawn once more, over the photo on the card
    expect(namesOf(fake.message(card.id))).toEqual(namesOf(card));
    expect(shownBy(fake.message(card.id))[1]).toBe(shownBy(card)[1]);
    expect(fake.violations).toEqual([]);
  });

  it('serves Telegram beside it, with one worker and one health', async () => {
    const { fake, start } = await openDiscordScene();
    await using telegram = await startFakeBotApi();
    const program = await start({ TELEGRAM_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.url });
    const user = telegram.user({ languageCode: 'en' });
    telegram.sendPhoto(await fixture('rocket.jpg'), { from: user });
    const asked = fake.slash('vibe', { image: { bytes: await fixture('cat.jpg') } }, { by: fake.user() });
    await Promise.all([
      telegram.waitForCall(
        ({ method, params }) =>
          method === 'editMessageCaption' && `${params['caption']}`.includes('Why this photo'),
      ),
      fake.waitUntil(() => done(asked)),
    ]);
    const health = await fetch(`http://127.0.0.1:${program.port}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([
      200,
      {
        status: 'ok',
        checks: { telegram: { ok: true }, discord: { ok: true, heartbeatAgeMs: expect.any(Number) } },
      },
    ]);
    const metrics = await (await fetch(`http://127.0.0.1:${program.port}/metrics`)).text();
    expect(metrics).toMatch(/platform="telegram",command="vibe"/);
    expect(metrics).toMatch(/platform="discord",command="vibe"/);
    expect(await program.stop('SIGTERM')).toBe(0);
    expect([fake.violations, telegram.violations]).toEqual([[], []]);
  });

  it('acknowledges and answers twenty at once', async () => {
    const { fake, start } = await openDiscordScene();
    await start();
    const { general } = fake.guild();
    const bytes = await fixture('flower.jpg');
    const asked = Array.from({ length: 20 }, () =>
      fake.slash('vibe', { image: { bytes } }, { by: fake.user(), channel: general }),
    );
    await fake.waitUntil(() => asked.every(done), { timeoutMs: 40_000 });
    // the local Discord takes no acknowledgement after three seconds
    expect(asked.map(({ acknowledgedAs }) => acknowledgedAs)).toEqual(Array(20).fill(5));
    expect(fake.violations).toEqual([]);
  });
});

describe('what people can do on Discord', () => {
  it('reads a message from its menu, several pictures as one, for who asked alone, and shares it', async () => {
    const { fake, start } = await openDiscordScene();
    await start();
    const by = fake.user();
    const { general } = fake.guild();
    const photos = await Promise.all(['coffee.jpg', 'cat.jpg', 'rocket.jpg'].map(fixture));
    const message = fake.sendFiles(
      photos.map((bytes) => ({ bytes })),
      { from: fake.user(), channel: general },
    );
    const asked = fake.useOnMessage('Get the vibe', message, { by });
    await fake.waitUntil(() => done(asked));
    const card = answerOf(asked);
    expect(card.isEphemeral).toBe(true);
    expect(card.text).toMatch(/3 photos read as one/);
    fake.press(card, 'Share', by);
    const isShared = () =>
      fake.messagesIn(general).filter(({ fromBot, isEphemeral }) => fromBot && !isEphemeral);
    await fake.waitUntil(() => isShared().length === 1);
    expect(isShared()[0]).toMatchObject({ text: card.text, isComponentsV2: true });
    expect(isShared().map(shownBy)).toEqual([shownBy(card)]);
    expect(fake.violations).toEqual([]);
  });

  it('answers a photo in a direct message, and a mention in a thread, with a reply', async () => {
    const { fake, start } = await openDiscordScene();
    await start();
    const from = fake.user();
    const bytes = await fixture('pavilion.jpg');
    const sent = fake.sendFiles([{ bytes, spoiler: true }], { from });
    const ofBot = (id: string) => fake.messagesIn({ id }).filter(({ fromBot }) => fromBot);
    await fake.waitUntil(() => ofBot(sent.channel_id).some(isWhole));
    expect(ofBot(sent.channel_id)).toMatchObject([{ replyTo: sent.id }]);
    expect(ofBot(sent.channel_id)[0]?.pictures.map(({ spoiler }) => spoiler)).toEqual([true, true]);

    const { general } = fake.guild();
    const thread = fake.thread(general);
    const named = fake.sendFiles([{ bytes }], { from, channel: thread }, `<@${fake.bot.id}> rock`);
    await fake.waitUntil(() => ofBot(thread.id).some(isWhole));
    expect(ofBot(thread.id)).toMatchObject([
      { replyTo: named.id, text: expect.stringContaining('Why rock?') },
    ]);
    expect(fake.violations).toEqual([]);
  });

  it('points to the menu where it cannot see the photo that is answered, and reads it where it can', async () => {
    const { fake, start } = await openDiscordScene();
    await start();
    const from = fake.user();
    const { general } = fake.guild();
    const message = fake.sendFiles([{ bytes: await fixture('cat.jpg') }], {
      from: fake.user(),
      channel: general,
    });
    const ask = (keepReferenced: boolean) =>
      fake.sendText(`<@${fake.bot.id}>`, { from, channel: general, replyTo: message, keepReferenced });
    const ofBot = () => fake.messagesIn(general).filter(({ fromBot }) => fromBot);
    ask(false);
    await fake.waitUntil(() => ofBot().length === 1);
    expect(ofBot()[0]?.text).toContain('Apps ▸ Get the vibe');
    ask(true);
    await fake.waitUntil(() => ofBot().some(isWhole));
    expect(fake.violations).toEqual([]);
  });

  it('works as an app of one’s own, where the bot is no member', async () => {
    const { fake, start } = await openDiscordScene();
    await start();
    const by = fake.user();
    const { general } = fake.guild({ bot: false });
    const bytes = await fixture('coffee.jpg');
    const inGuild = fake.slash('vibe', { image: { bytes } }, { by, channel: general });
    const inPrivate = fake.slash(
      'vibe',
      { image: { bytes } },
      { by, channel: fake.privateChannel(by, fake.user()) },
    );
    await fake.waitUntil(() => [inGuild, inPrivate].every(done));
    fake.press(answerOf(inGuild), '👍', by);
    await fake.waitUntil(() => answerOf(inGuild).buttons.some(({ label }) => label === '👍 ✓'));
    expect(fake.violations).toEqual([]);
  });
});
