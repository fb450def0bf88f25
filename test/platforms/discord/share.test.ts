import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/languages/languages.ts';
import { BOT_PERMISSIONS, MEMBER_PERMISSIONS, Permission } from '../../support/discord/permission.ts';
import { bytesOf, labelsOf, openDiscordScene, PHOTO } from '../../support/discord-scene.ts';

const { chat, errors, card: words } = LANGUAGES.en;
const IMAGE = { image: { bytes: PHOTO } };
const BACK = chat.buttons.back;

/** Somebody's answer in a server, which nobody else sees unless told. */
async function open({ isPrivate = true, bot = true } = {}) {
  const scene = await openDiscordScene();
  const { fake, answered } = scene;
  const [by, guild] = [fake.user(), fake.guild({ bot })];
  const channel = guild.general;
  const card = await answered(fake.slash('vibe', { ...IMAGE, private: isPrivate }, { by, channel }));
  return { ...scene, by, guild, channel, card };
}

describe('Share', () => {
  it('makes of a private answer a message for all, with its pictures', async () => {
    const { fake, by, channel, card, published } = await open();
    expect(card.isEphemeral).toBe(true);
    fake.press(card, chat.buttons.share, by);
    const [shared] = await published(channel);
    expect(shared).toMatchObject({ isEphemeral: false, text: card.text, replyTo: undefined });
    expect(shared && labelsOf(shared)).toEqual(labelsOf(card));
    expect(bytesOf(card)).toHaveLength(2);
    expect(shared && bytesOf(shared)).toEqual(bytesOf(card));
    expect(shared?.pictures.map(({ description }) => description)).toEqual(
      card.pictures.map(({ description }) => description),
    );
    expect(fake.message(card.id)).toMatchObject({ text: card.text, isEphemeral: true, edits: card.edits });
  });

  it('gives the new message buttons that work, for others too, and nothing happens to the old one', async () => {
    const { fake, by, channel, card, published, until, said } = await open();
    fake.press(card, chat.buttons.share, by);
    const [shared = card] = await published(channel);
    const other = fake.user();
    fake.choose(shared, ['rock'], other);
    const rock = await until(shared.id, ({ text }) => text.includes(words.asked('rock', 0.2)));
    expect(bytesOf(rock)[1]).toEqual(bytesOf(card)[1]);
    fake.press(rock, BACK, other);
    const back = await until(shared.id, ({ text }) => text === card.text);
    expect(bytesOf(back)).toEqual(bytesOf(card));
    const vote = fake.press(back, '👍', other);
    expect((await said(vote)).content).toBe(errors['not-yours']({}));
    fake.press(back, '👍', by);
    await until(shared.id, (seen) => labelsOf(seen).includes(chat.buttons.voted('👍')));
    expect(fake.message(card.id)).toMatchObject({ text: card.text, edits: card.edits });
  });

  it('comes with all pictures after another genre was asked about, too', async () => {
    const { fake, by, channel, card, published, until } = await open();
    fake.choose(card, ['rock'], by);
    const rock = await until(card.id, ({ text }) => text.includes(words.asked('rock', 0.2)));
    fake.press(rock, BACK, by);
    const back = await until(card.id, ({ text }) => text === card.text);
    fake.press(back, chat.buttons.share, by);
    const [shared] = await published(channel);
    expect(shared?.text).toBe(card.text);
    expect(shared && bytesOf(shared)).toEqual(bytesOf(card));
  });

  it('is for who asked: others are told so, and nobody else', async () => {
    const { fake, channel, card, published, said } = await open({ isPrivate: false });
    const other = fake.user();
    const told = await said(fake.press(card, chat.buttons.share, other));
    expect(told).toMatchObject({ content: errors['not-yours']({}), isEphemeral: true });
    expect(await published(channel)).toMatchObject([{ id: card.id, edits: card.edits }]);
  });

  it('has nobody to share with in the chat with the bot', async () => {
    const { fake, answered, cardsIn, said } = await openDiscordScene();
    const by = fake.user();
    const card = await answered(fake.slash('vibe', IMAGE, { by }));
    const told = await said(fake.press(card, chat.buttons.share, by));
    expect(told).toMatchObject({ content: errors['nobody-else']({}), isEphemeral: true });
    expect(cardsIn(fake.dm(by))).toHaveLength(2);
  });

  it('comes without a picture that Discord does not hand out any more', async () => {
    const { fake, by, channel, card, published } = await open();
    fake.fail({ method: 'file', kind: 'not-found', times: 9 });
    fake.press(card, chat.buttons.share, by);
    expect(await published(channel)).toMatchObject([{ text: card.text, pictures: [] }]);
  });
});

describe('Share where the bot', () => {
  it('may not write says so', async () => {
    const { fake, by, channel, card, cardsIn, said } = await open();
    fake.allowBot(channel, BOT_PERMISSIONS & ~Permission.sendMessages);
    const told = await said(fake.press(card, chat.buttons.share, by));
    expect(told.content).toBe(errors['may-not-post']({}));
    expect(cardsIn(channel).filter(({ isEphemeral }) => !isEphemeral)).toEqual([]);
  });

  it('is a guest goes by the token of the press', async () => {
    const { fake, by, channel, card, published } = await open({ bot: false });
    fake.press(card, chat.buttons.share, by);
    const [shared] = await published(channel);
    expect(shared?.text).toBe(card.text);
    expect(shared && bytesOf(shared)).toEqual(bytesOf(card));
    expect(fake.callsOf('create_message')).toEqual([]);
  });

  it('is a guest who speaks to nobody else says so', async () => {
    const { fake, by, guild, channel, card, cardsIn } = await open({ bot: false });
    fake.member(guild, by, { permissions: MEMBER_PERMISSIONS & ~Permission.useExternalApps });
    fake.press(card, chat.buttons.share, by);
    const isTold = () => cardsIn(channel).some(({ content }) => content === errors['may-not-post']({}));
    await fake.waitUntil(isTold);
    expect(cardsIn(channel).filter(({ isEphemeral }) => !isEphemeral)).toEqual([]);
  });
});
