import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/user-error.ts';
import type { DiscordUser } from '../../support/discord/discord-types.ts';
import { BOT_PERMISSIONS, MEMBER_PERMISSIONS, Permission } from '../../support/discord/permission.ts';
import type { Channel } from '../../support/discord/place-store.ts';
import { cardOf, GREY, openDiscordOutlet, RED } from '../../support/discord-outlet.ts';
import { failureOf } from '../../support/telegram-connection.ts';

type Opened = Awaited<ReturnType<typeof openDiscordOutlet>>;

const PICTURES = { 'jazz.jpg': RED, 'photo.jpg': GREY };
const CARD = { kind: 'publication', card: cardOf('@here words', PICTURES, { spoiler: true }) } as const;
const SHOWN = {
  text: '## Jazz\n\\@here words',
  isEphemeral: false,
  isComponentsV2: true,
  allowedMentions: { parse: [] },
  buttons: [{ label: 'Why?' }],
  pictures: [
    { bytes: RED, spoiler: true },
    { bytes: GREY, spoiler: true },
  ],
};

/** Somebody's answer that nobody else sees, and a press on it. */
async function open(where: (opened: Opened, by: DiscordUser) => Channel) {
  const opened = await openDiscordOutlet();
  const { fake, outlet, ask, press, signal } = opened;
  const by = fake.user();
  const channel = where(opened, by);
  const asked = await ask({ by, channel, private: true });
  const { messageId } = await outlet.post(asked.request, cardOf('for me', PICTURES), signal);
  const publish = async (given: Parameters<typeof press>[2] = {}) => {
    const { request } = await press(messageId, by, { channel, ...given });
    return () => outlet.publish(request, CARD, signal);
  };
  const published = () => opened.cards(channel).filter(({ isEphemeral }) => !isEphemeral);
  return { ...opened, by, channel, publish, published };
}

const inServer = ({ fake }: Opened) => fake.guild().general;
const asGuest = ({ fake }: Opened) => fake.guild({ bot: false }).general;
const MAY_NOT = new UserError('may-not-post', {});

describe('a publication where the bot is a member', () => {
  it('is a message of its own for all, with both pictures, and answers nobody', async () => {
    const { fake, publish, published } = await open(inServer);
    await (await publish())();
    expect(published()).toMatchObject([{ ...SHOWN, replyTo: undefined }]);
    const [call] = fake.callsOf('create_message');
    expect(call?.headers['authorization']).toBe(`Bot ${fake.token}`);
    expect(call?.params).toMatchObject({ flags: 32_768, enforce_nonce: true, nonce: expect.any(String) });
    expect(fake.callsOf('execute_webhook')).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('is there once for each press, however often that one is worked on', async () => {
    const { fake, publish, published } = await open(inServer);
    const first = await publish();
    fake.fail({ method: 'create_message', kind: 'drop-reply' });
    await first();
    await first();
    expect(published()).toHaveLength(1);
    await (await publish())();
    expect(published()).toMatchObject([SHOWN, SHOWN]);
    expect(fake.violations).toEqual([]);
  });

  it('may not be where the bot may not write, and that is told', async () => {
    const { fake, channel, publish, published } = await open(inServer);
    const forbidden = await publish({ appPermissions: BOT_PERMISSIONS & ~Permission.sendMessages });
    expect(await failureOf(forbidden())).toEqual(MAY_NOT);
    expect(fake.callsOf('create_message')).toEqual([]);
    const late = await publish();
    fake.allowBot(channel, Permission.viewChannel);
    expect(await failureOf(late())).toEqual(MAY_NOT);
    fake.allowBot(channel, 0n);
    expect(await failureOf(late())).toEqual(MAY_NOT);
    expect(published()).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('goes without its pictures where the bot may attach none', async () => {
    const { fake, channel, publish, published } = await open(inServer);
    fake.allowBot(channel, BOT_PERMISSIONS & ~Permission.attachFiles);
    await (await publish())();
    expect(published()).toMatchObject([{ pictures: [], text: SHOWN.text }]);
    expect(fake.violations).toEqual([]);
  });

  it('is put off when Discord cannot be reached', async () => {
    const { fake, publish } = await open(inServer);
    const later = await publish();
    fake.fail({ method: 'create_message', kind: 'rate-limit', retryAfter: 60 });
    expect(await failureOf(later())).toMatchObject({ failure: { kind: 'later', afterMs: 60_050 } });
  });
});

describe('a publication of a guest', () => {
  it.each([
    ['in a server', asGuest],
    ['between people', ({ fake }: Opened, by: DiscordUser) => fake.privateChannel(by, fake.user())],
  ])('is a follow-up for all, %s', async (_name, where) => {
    const { fake, publish, published } = await open(where);
    await (await publish())();
    expect(published()).toMatchObject([SHOWN]);
    expect(fake.callsOf('execute_webhook')).toMatchObject([{ params: { flags: 32_768 } }]);
    expect(fake.callsOf('create_message')).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('leaves out what is larger than Discord takes there', async () => {
    const { fake, publish, published } = await open(asGuest);
    await (await publish({ attachmentSizeLimit: GREY.length }))();
    expect(published()).toMatchObject([{ pictures: [{ bytes: GREY, spoiler: true }] }]);
    expect(fake.violations).toEqual([]);
  });

  it('may not be where Discord shows it to nobody else', async () => {
    const { fake, by, channel, publish, published } = await open(asGuest);
    if (!channel.guild) throw new Error('no server');
    fake.member(channel.guild, by, { permissions: MEMBER_PERMISSIONS & ~Permission.useExternalApps });
    expect(await failureOf((await publish())())).toEqual(MAY_NOT);
    expect(published()).toEqual([]);
    // nor is it left to who asked, beside what they are told
    const left = fake.messagesIn(channel).filter(({ fromBot, deleted }) => fromBot && !deleted);
    expect(left.map(({ text }) => text)).toEqual(['## Jazz\nfor me']);
    expect(fake.callsOf('delete_webhook_message')).toMatchObject([{ status: 204 }]);
    expect(fake.violations).toEqual([]);
  });

  it('is not sent again when its answer is lost', async () => {
    const { fake, publish, published } = await open(asGuest);
    const share = await publish();
    fake.fail({ method: 'execute_webhook', kind: 'drop-reply' });
    await share();
    expect(published()).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });

  it('may not be after five for one press', async () => {
    const { fake, publish, published } = await open(asGuest);
    const again = await publish();
    for (let count = 0; count < 5; count += 1) await again();
    expect(await failureOf(again())).toEqual(MAY_NOT);
    expect(published()).toHaveLength(5);
    expect(fake.violations).toEqual([]);
  });

  it('is gone with its token', async () => {
    const { fake, ask, outlet, signal } = await openDiscordOutlet();
    const { interaction, request } = await ask({ channel: fake.guild({ bot: false }).general });
    for (const code of [50_027, 10_015] as const) {
      interaction.expire(code);
      const failure = await failureOf(outlet.publish(request, CARD, signal));
      expect(failure).toMatchObject({ failure: { kind: 'gone' } });
    }
    expect(fake.violations).toEqual([]);
  });
});

it('answers no message', async () => {
  const { fake, outlet, write, signal } = await openDiscordOutlet();
  expect(await failureOf(outlet.publish(write().request, CARD, signal))).toEqual(MAY_NOT);
  expect(fake.calls).toEqual([]);
});
