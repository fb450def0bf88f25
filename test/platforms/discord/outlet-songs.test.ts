import { describe, expect, it } from 'vitest';
import type { Request } from '../../../src/core/request.ts';
import type { Acting } from '../../support/discord/interact.ts';
import { cardOf, openDiscordOutlet, RED } from '../../support/discord-outlet.ts';
import { songsCard, songUrl, track } from '../../support/songs-card.ts';
import { everythingOf, failureOf } from '../../support/telegram-connection.ts';

type Opened = Awaited<ReturnType<typeof openDiscordOutlet>>;

const ANSWER = cardOf('one', { 'jazz.jpg': RED });
const SONGS = songsCard([track('a'), track('b')]);
const OTHERS = songsCard([track('c')]);
const GONE = { failure: { kind: 'gone' } };
const FOLLOW_UP = 'execute_webhook';

/** What the core makes of a request whose answer is that message. */
const songsOf = (request: Request, replyTo: string): Request => ({
  ...request,
  call: { command: 'tracks', genre: 'jazz', region: 'global', replyTo },
});

/** An answered command. */
async function answered(acting: (opened: Opened) => Partial<Acting> & { readonly private?: boolean }) {
  const opened = await openDiscordOutlet();
  const { interaction, request } = await opened.ask(acting(opened));
  const answer = await opened.outlet.post(request, ANSWER, opened.signal);
  return { ...opened, interaction, answer, request: songsOf(request, answer.messageId), asked: request };
}

const inDm = ({ fake }: Opened) => ({ channel: fake.dm(fake.user()) });

describe('songs beneath an answer to a command', () => {
  it('are a follow-up by the token, a reply to the answer, which stays as it is', async () => {
    const { fake, outlet, request, answer, interaction, signal } = await answered(inDm);
    const posted = await outlet.post(request, SONGS, signal);
    expect(posted).toEqual({ messageId: expect.any(String), imageName: null, image: null });
    expect(fake.message(posted.messageId)).toMatchObject({
      replyTo: answer.messageId,
      previews: [songUrl('a')],
      isComponentsV2: false,
      isEphemeral: false,
      allowedMentions: { parse: [] },
    });
    expect(fake.callsOf(FOLLOW_UP)[0]?.headers).not.toHaveProperty('authorization');
    expect(interaction.answer).toMatchObject({ id: answer.messageId, text: '## Jazz\none' });
    expect(fake.violations).toEqual([]);
  });

  it('are seen by nobody else where the answer is not', async () => {
    const { fake, outlet, request, signal } = await answered(() => ({ private: true }));
    const { messageId } = await outlet.post(request, SONGS, signal);
    expect(fake.message(messageId)).toMatchObject({ isEphemeral: true, previews: [songUrl('a')] });
    expect(fake.violations).toEqual([]);
  });

  it('are edited themselves, never the answer, by the token and through the channel', async () => {
    const { fake, outlet, request, answer, interaction, signal } = await answered(inDm);
    const posted = await outlet.post(request, SONGS, signal);
    expect(await outlet.edit(request, posted, OTHERS, signal)).toEqual(posted);
    expect(fake.callsOf('update_webhook_message')).toHaveLength(1);
    interaction.expire();
    await outlet.edit(request, posted, SONGS, signal);
    expect(fake.callsOf('update_message')).toMatchObject([{ status: 200 }]);
    expect(fake.message(posted.messageId)).toMatchObject({ previews: [songUrl('a')], edits: 2 });
    expect(fake.message(answer.messageId)).toMatchObject({ text: '## Jazz\none', deleted: false });
    expect(fake.violations).toEqual([]);
  });

  it('leave the answer alone when they are given up', async () => {
    const { fake, outlet, request, answer, signal } = await answered(inDm);
    const before = fake.calls.length;
    await outlet.abandon(request, signal);
    expect(fake.calls.length).toBe(before);
    expect(fake.message(answer.messageId).deleted).toBe(false);
  });

  it('are never posted twice by themselves where nobody knows whether they are there', async () => {
    const { fake, outlet, request, interaction, signal } = await answered(inDm);
    fake.fail({ method: FOLLOW_UP, kind: 'drop-reply' });
    const failure = await failureOf(outlet.post(request, SONGS, signal));
    expect(failure).toMatchObject({ failure: { kind: 'unsure' } });
    expect(fake.callsOf(FOLLOW_UP)).toHaveLength(1);
    expect(everythingOf(failure)).not.toContain(interaction.token);
  });

  it.each([50_027, 10_015] as const)(
    'come through the channel where the token is over (%d), once however often',
    async (code) => {
      const { fake, outlet, request, answer, interaction, asked, signal } = await answered(inDm);
      interaction.expire(code);
      const posted = await outlet.post(request, SONGS, signal);
      expect(await outlet.post(request, SONGS, signal)).toEqual(posted);
      expect(fake.message(posted.messageId)).toMatchObject({
        replyTo: answer.messageId,
        previews: [songUrl('a')],
      });
      // the answer itself has a nonce of its own
      const again = await outlet.post(asked, ANSWER, signal);
      expect(again.messageId).not.toBe(posted.messageId);
      const nonces = fake.callsOf('create_message').map(({ params }) => `${params['nonce']}`);
      expect(new Set(nonces).size).toBe(2);
      for (const nonce of nonces) expect(nonce.length).toBeLessThanOrEqual(25);
      expect(fake.violations).toEqual([]);
    },
  );

  it.each([
    ['only who asked sees the answer', () => ({ private: true })],
    ['the bot is a guest', ({ fake }: Opened) => ({ channel: fake.guild({ bot: false }).general })],
  ])('do not come where the token is over and %s', async (_where, acting) => {
    const { fake, outlet, request, interaction, signal } = await answered(acting);
    interaction.expire();
    const failure = await failureOf(outlet.post(request, SONGS, signal));
    expect(failure).toMatchObject(GONE);
    expect(everythingOf(failure)).not.toContain(interaction.token);
    expect(fake.callsOf('create_message')).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('are gone where a guest may say no more', async () => {
    const acting = ({ fake }: Opened) => ({ channel: fake.privateChannel(fake.user(), fake.user()) });
    const { fake, outlet, request, signal } = await answered(acting);
    for (let at = 0; at < 5; at += 1) await outlet.post(request, SONGS, signal);
    expect(await failureOf(outlet.post(request, SONGS, signal))).toMatchObject(GONE);
    expect(fake.callsOf(FOLLOW_UP)).toHaveLength(6);
  });
});

describe('songs after a press', () => {
  it.each([false, true])(
    'are a reply to the card that was pressed (for one alone: %s)',
    async (isPrivate) => {
      const { fake, outlet, ask, press, signal } = await openDiscordOutlet();
      const by = fake.user();
      const { request: asked } = await ask({ by, private: isPrivate });
      const answer = await outlet.post(asked, ANSWER, signal);
      const pressed = await press(answer.messageId, by);
      const request = songsOf(pressed.request, answer.messageId);
      const { messageId } = await outlet.post(request, SONGS, signal);
      expect(fake.message(messageId)).toMatchObject({
        replyTo: answer.messageId,
        isEphemeral: isPrivate,
        previews: [songUrl('a')],
      });
      await outlet.abandon(request, signal);
      expect(fake.message(answer.messageId)).toMatchObject({ text: '## Jazz\none', deleted: false });
      expect(fake.violations).toEqual([]);
    },
  );

  it('turn in place when their own button is pressed, and after its token is over', async () => {
    const { fake, outlet, request, acknowledge, signal } = await answered(() => ({}));
    const { messageId } = await outlet.post(request, SONGS, signal);
    const pressed = { messageId, imageName: null, image: null };
    const press = await acknowledge(fake.press({ id: messageId }, 'More', fake.user()));
    expect(press.request.call).toMatchObject({ command: 'press', messageId, pictures: [] });
    await outlet.edit(press.request, pressed, OTHERS, signal);
    expect(fake.message(messageId)).toMatchObject({ previews: [songUrl('c')], isComponentsV2: false });
    press.interaction.expire();
    await outlet.edit(press.request, pressed, SONGS, signal);
    expect(fake.message(messageId)).toMatchObject({ previews: [songUrl('a')], edits: 2 });
    expect(fake.violations).toEqual([]);
  });
});

describe('songs beneath an answer to a message', () => {
  it('are a reply to that answer in the channel, once however often they are posted', async () => {
    const { fake, outlet, write, signal } = await openDiscordOutlet();
    const { request: asked, message } = write();
    const answer = await outlet.post(asked, ANSWER, signal);
    const request = songsOf(asked, answer.messageId);
    fake.fail({ method: 'create_message', kind: 'drop-reply' });
    const posted = await outlet.post(request, SONGS, signal);
    expect(await outlet.post(request, SONGS, signal)).toEqual(posted);
    expect([posted.messageId, answer.messageId, message.id]).toHaveLength(3);
    expect(fake.message(posted.messageId)).toMatchObject({
      replyTo: answer.messageId,
      previews: [songUrl('a')],
    });
    await outlet.edit(request, posted, OTHERS, signal);
    expect(fake.message(posted.messageId)).toMatchObject({ previews: [songUrl('c')], edits: 1 });
    expect(fake.message(answer.messageId)).toMatchObject({ text: '## Jazz\none' });
    expect(fake.violations).toEqual([]);
  });

  it('come all the same where that answer is deleted', async () => {
    const { fake, outlet, write, signal } = await openDiscordOutlet();
    const { request: asked } = write();
    const answer = await outlet.post(asked, ANSWER, signal);
    fake.deleteMessage({ id: answer.messageId });
    const { messageId } = await outlet.post(songsOf(asked, answer.messageId), SONGS, signal);
    expect(fake.message(messageId)).toMatchObject({ replyTo: undefined, previews: [songUrl('a')] });
    expect(fake.violations).toEqual([]);
  });
});
