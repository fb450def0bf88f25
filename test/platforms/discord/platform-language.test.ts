import { expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/languages/languages.ts';
import { MEMBER_PERMISSIONS, Permission } from '../../support/discord/permission.ts';
import { labelsOf, openDiscordScene, PHOTO } from '../../support/discord-scene.ts';

const { en, ar } = LANGUAGES;
const FOR_ALL = en.chat.language.forChat(ar.name);
const IMAGE = { image: { bytes: PHOTO } };

/** A server, and somebody who manages it. */
async function open() {
  const scene = await openDiscordScene();
  const { fake } = scene;
  const [guild, manager] = [fake.guild(), fake.user()];
  fake.member(guild, manager, { permissions: MEMBER_PERMISSIONS | Permission.manageGuild });
  const ask = async (by = fake.user(), channel = guild.general, locale = 'en-GB') => {
    const asked = fake.slash('language', {}, { by, channel, locale });
    await fake.waitUntil(() => asked.answer && !asked.answer.isLoading);
    if (!asked.answer) throw new Error('no answer');
    return asked.answer;
  };
  /** Which language somebody is answered in. */
  const spoken = async (by = fake.user(), channel = guild.general, locale = 'en-GB') => {
    const { text } = await scene.answered(fake.slash('vibe', IMAGE, { by, channel, locale }));
    return [en, ar].find(({ card }) => text.includes(card.heatmapHeading))?.name;
  };
  return { ...scene, guild, manager, ask, spoken };
}

it('is chosen for a whole server by who manages it, whatever people’s own clients speak', async () => {
  const { fake, guild, manager, ask, spoken, said } = await open();
  const elsewhere = fake.channel(guild);
  expect(await spoken(undefined, elsewhere)).toBe(en.name);
  const asked = await ask(manager);
  expect(asked).toMatchObject({ isEphemeral: true });
  const told = await said(fake.press(asked, FOR_ALL, manager, { locale: 'en-GB' }));
  expect(told.content).toBe(ar.chat.language.doneChat);
  // of anybody who has chosen nothing, in any of its channels and threads
  expect(await spoken(undefined, elsewhere)).toBe(ar.name);
  expect(await spoken(undefined, fake.thread(elsewhere), 'fr')).toBe(ar.name);
  // and nowhere else
  expect(await spoken(undefined, fake.guild().general)).toBe(en.name);
  const person = fake.user();
  expect(await spoken(person, fake.dm(person))).toBe(en.name);
});

it('is what people chose themselves before what was chosen for all', async () => {
  const { fake, guild, manager, ask, spoken, said } = await open();
  const person = fake.user();
  await said(fake.press(await ask(person), en.name, person, { locale: 'en-GB' }));
  await said(fake.press(await ask(manager), FOR_ALL, manager, { locale: 'en-GB' }));
  expect(await spoken(person, fake.channel(guild), 'ar')).toBe(en.name);
  expect(await spoken(undefined, guild.general)).toBe(ar.name);
  // in every server, and alone
  expect(await spoken(person, fake.guild().general, 'ar')).toBe(en.name);
  expect(await spoken(person, fake.dm(person), 'ar')).toBe(en.name);
});

it('is what the client speaks where nobody has chosen, and the default where that is not ours', async () => {
  const { guild, spoken } = await open();
  expect(await spoken(undefined, guild.general, 'ar')).toBe(ar.name);
  expect(await spoken(undefined, guild.general, 'fr')).toBe(en.name);
});

it('is not for others to choose, who are not even asked', async () => {
  const { fake, guild, manager, ask, spoken, said } = await open();
  const [asked, person] = [await ask(manager), fake.user()];
  expect(labelsOf(asked)).toContain(FOR_ALL);
  const theirs = await ask(person);
  expect(labelsOf(theirs)).toEqual([en.name, ar.name]);
  const data = asked.buttons.find(({ label }) => label === FOR_ALL)?.custom_id ?? '';
  const told = await said(fake.press(theirs, data, person, { forged: true, locale: 'en-GB' }));
  expect(told.content).toBe(en.errors['not-manager']({}));
  expect(await spoken(undefined, guild.general)).toBe(en.name);
});
