import { describe, expect, it } from 'vitest';
import type { Posted } from '../../../src/core/stored-result.ts';
import { BLUE, cardOf, GREY, keptCard, openDiscordOutlet, RED } from '../../support/discord-outlet.ts';
import { failureOf } from '../../support/telegram-connection.ts';

const PATCH = 'update_original_webhook_message';
const FIRST = { 'jazz.jpg': RED, 'photo.jpg': GREY };
const OTHER = { 'rock.jpg': BLUE, 'photo.jpg': GREY };

/** As the inbox gives it back. */
const writtenDown = (posted: Posted) => JSON.parse(JSON.stringify(posted)) as Posted;
/** As a press knows it. */
const unknown = ({ messageId }: Posted): Posted => ({ messageId, imageName: null, image: null });

async function open() {
  const opened = await openDiscordOutlet();
  const { fake, outlet, ask, signal } = opened;
  const { interaction, request } = await ask();
  const posted = await outlet.post(request, cardOf('one', FIRST), signal);
  const shown = () => fake.message(posted.messageId);
  const edit = (card = cardOf('two', FIRST), known = posted) => outlet.edit(request, known, card, signal);
  return { ...opened, interaction, request, posted, shown, edit };
}

describe('an edit', () => {
  it('sends no picture again that the message shows, before a restart and after', async () => {
    const { fake, edit, posted, shown } = await open();
    for (const known of [posted, writtenDown(posted)]) {
      expect(await edit(cardOf('two', FIRST), known)).toEqual(posted);
      expect(fake.callsOf(PATCH).at(-1)).toMatchObject({ files: [] });
      expect(shown()).toMatchObject({ text: '## Jazz\ntwo', pictures: [{ bytes: RED }, { bytes: GREY }] });
    }
    expect(await edit(keptCard('three', 'jazz.jpg', 'photo.jpg'))).toEqual(posted);
    expect(shown()).toMatchObject({ text: '## Jazz\nthree', pictures: [{ bytes: RED }, { bytes: GREY }] });
    expect(fake.violations).toEqual([]);
  });

  it('keeps what stays when another picture comes', async () => {
    const { fake, edit, posted, shown } = await open();
    const second = await edit(cardOf('rock', OTHER));
    expect(shown().pictures).toMatchObject([{ bytes: BLUE }, { bytes: GREY }]);
    const call = fake.callsOf(PATCH).at(-1);
    const kept = (posted.image as { id: string; name: string }[]).find(({ name }) => name === 'photo.jpg');
    expect(call?.files).toMatchObject([{ fileName: 'rock.jpg' }]);
    expect(call?.params['attachments']).toEqual([{ id: kept?.id }, { id: '0', filename: 'rock.jpg' }]);
    expect(second).toMatchObject({ messageId: posted.messageId, imageName: 'rock.jpg' });
    expect(second.image).toContainEqual(kept);
    expect(await edit(keptCard('again', 'rock.jpg', 'photo.jpg'), second)).toEqual(second);
    expect(shown().pictures).toMatchObject([{ bytes: BLUE }, { bytes: GREY }]);
    expect(fake.violations).toEqual([]);
  });

  it('shows what there is when two presses cross, of which the second knows the message as it was', async () => {
    const { fake, outlet, posted, press, shown, signal } = await open();
    const [first, second] = [
      await press(posted.messageId, fake.user()),
      await press(posted.messageId, fake.user()),
    ];
    await outlet.edit(first.request, unknown(posted), cardOf('rock', OTHER), signal);
    await outlet.edit(second.request, unknown(posted), keptCard('thanks', 'jazz.jpg', 'photo.jpg'), signal);
    expect(shown()).toMatchObject({ text: '## Jazz\nthanks', pictures: [{ bytes: GREY }] });
    expect(fake.violations).toEqual([]);
  });

  it('knows the pictures of a message by the press on it', async () => {
    const { fake, outlet, posted, press, shown, signal } = await open();
    const { request } = await press(posted.messageId, fake.user());
    expect(await outlet.edit(request, unknown(posted), cardOf('two', FIRST), signal)).toMatchObject({
      messageId: posted.messageId,
      imageName: 'jazz.jpg',
    });
    expect(fake.callsOf(PATCH).at(-1)?.files).toEqual([]);
    const other = await outlet.edit(request, unknown(posted), cardOf('rock', OTHER), signal);
    expect(other.imageName).toBe('rock.jpg');
    expect(fake.callsOf(PATCH).at(-1)?.files).toMatchObject([{ fileName: 'rock.jpg' }]);
    expect(shown()).toMatchObject({ text: '## Jazz\nrock', pictures: [{ bytes: BLUE }, { bytes: GREY }] });
    expect(fake.violations).toEqual([]);
  });

  it('shows no pictures, and then some, where the card says so', async () => {
    const { fake, edit, posted, shown } = await open();
    await edit(cardOf('words'));
    expect(shown()).toMatchObject({ text: '## Jazz\nwords', pictures: [] });
    const back = await edit(cardOf('back', OTHER), unknown(posted));
    expect(back).toMatchObject({ messageId: posted.messageId, imageName: 'rock.jpg' });
    expect(shown().pictures).toMatchObject([{ bytes: BLUE }, { bytes: GREY }]);
    expect(fake.violations).toEqual([]);
  });

  it.each([
    ['drop', { kind: 'drop' }],
    ['drop-reply', { kind: 'drop-reply' }],
    ['502', { kind: 'answer', status: 502, body: '<html>' }],
    ['429', { kind: 'rate-limit', retryAfter: 2 }],
  ] as const)('is made once more after a %s', async (_name, fault) => {
    const { fake, edit, shown } = await open();
    fake.fail({ method: PATCH, ...fault });
    const { imageName } = await edit(cardOf('rock', OTHER));
    expect([imageName, fake.callsOf(PATCH).length]).toEqual(['rock.jpg', 3]);
    expect(shown().pictures).toMatchObject([{ bytes: BLUE }, { bytes: GREY }]);
    expect(shown().files.has('rock.jpg')).toBe(true);
    expect(fake.violations).toEqual([]);
  });

  it('is gone with its message', async () => {
    const { fake, edit, posted } = await open();
    fake.deleteMessage({ id: posted.messageId });
    expect(await failureOf(edit())).toMatchObject({ failure: { kind: 'gone' } });
    expect(fake.violations).toEqual([]);
  });
});

describe('an edit of a reply', () => {
  it('goes through the channel, with the bot’s own token', async () => {
    const { fake, outlet, write, cards, signal } = await openDiscordOutlet();
    const { message, request } = write();
    const posted = await outlet.post(request, cardOf('one', FIRST), signal);
    fake.fail({ method: 'update_message', kind: 'drop-reply' });
    await outlet.edit(request, posted, cardOf('two', FIRST), signal);
    const second = await outlet.edit(request, posted, cardOf('rock', OTHER), signal);
    expect(second).toMatchObject({ messageId: posted.messageId, imageName: 'rock.jpg' });
    const calls = fake.callsOf('update_message');
    expect(calls.map(({ files }) => files.length)).toEqual([0, 0, 1]);
    expect(calls[0]?.headers['authorization']).toBe(`Bot ${fake.token}`);
    expect(calls[0]?.params).toMatchObject({ flags: 32_768, allowed_mentions: { parse: [] } });
    expect(cards({ id: message.channel_id })).toMatchObject([
      { replyTo: message.id, text: '## Jazz\nrock', pictures: [{ bytes: BLUE }, { bytes: GREY }] },
    ]);
    fake.deleteMessage({ id: posted.messageId });
    const failure = await failureOf(outlet.edit(request, second, cardOf('three', OTHER), signal));
    expect(failure).toMatchObject({ failure: { kind: 'gone' } });
    expect(fake.violations).toEqual([]);
  });
});
