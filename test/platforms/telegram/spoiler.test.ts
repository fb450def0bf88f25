import { describe, expect, it } from 'vitest';
import type { Card, ImageContent } from '../../../src/core/card.ts';
import { renderFinds } from '../../../src/platforms/telegram/render.ts';
import { problemsOfAny } from '../../support/telegram/spec-problems.ts';
import { encode, makeCard, picture, text } from '../../support/telegram-cards.ts';
import { openOutlet } from '../../support/telegram-outlet.ts';
import { callOf, people, recorded } from '../../support/telegram-people.ts';

const BYTES = Buffer.from('any bytes');

/** The same message with its picture covered. */
function covered<M extends { message: object }>(update: M) {
  return { update_id: 1, message: { ...update.message, has_media_spoiler: true } };
}

describe('a picture that the person covered', () => {
  it('is asked about as such, and others are not', () => {
    const chat = people();
    const from = chat.user();
    const group = chat.group();
    const updates = [
      chat.sendPhoto(BYTES, { from }),
      chat.sendPhoto(BYTES, { from, caption: '/vibe rock' }),
      chat.sendPhoto(BYTES, { from, chat: group, caption: '/vibe' }),
      chat.sendAnimation({ from, thumbnail: BYTES }),
      ...chat.sendAlbum([{ bytes: BYTES }, { bytes: BYTES }], { from, chat: group }),
    ];
    for (const update of updates) {
      expect(callOf(covered(update))).toEqual({ ...callOf(update), spoiler: true });
      expect(callOf(update)).toMatchObject({ command: 'vibe', spoiler: false });
    }
  });

  it('is one, too, where /vibe replies to it, in this chat or out of another', () => {
    const chat = people();
    const from = chat.user();
    const photo = covered(chat.sendPhoto(BYTES, { from }));
    const { update_id, message } = chat.sendText('/vibe', { from });
    const reply = { update_id, message: { ...message, reply_to_message: photo.message } };
    expect(callOf(reply)).toMatchObject({ command: 'vibe', spoiler: true });
    const quoting = recorded('external-reply') as { message: { external_reply: object } };
    const external_reply = { ...quoting.message.external_reply, has_media_spoiler: true };
    expect(callOf(quoting)).toMatchObject({ command: 'vibe', spoiler: false });
    expect(callOf({ update_id: 1, message: { ...quoting.message, external_reply } })).toMatchObject({
      command: 'vibe',
      spoiler: true,
    });
  });

  it('is none where nothing can be covered: files and stickers', () => {
    const chat = people();
    const from = chat.user();
    for (const update of [chat.sendDocument(BYTES, { from }), chat.sendSticker({ from })]) {
      expect(callOf(covered(update))).toMatchObject({ command: 'vibe', spoiler: false });
    }
  });
});

describe('a card whose picture is covered', () => {
  const cardOf = (content: ImageContent, fileName: string, spoiler = true): Card =>
    makeCard({ blocks: [text('x'), picture(content, fileName, spoiler)] });

  it('is posted and edited so, whether the picture is sent or known', async () => {
    const { fake, outlet, request, red, blue, signal } = await openOutlet();
    const [jpeg, other] = [{ kind: 'jpeg', jpeg: red } as const, { kind: 'jpeg', jpeg: blue } as const];
    const posted = await outlet.post(request, cardOf(jpeg, 'a.jpg'), signal);
    const stored = { kind: 'stored', reference: posted.image } as const;
    const again = await outlet.post(request, cardOf(stored, 'a.jpg'), signal);
    const edited = await outlet.edit(request, again, cardOf(other, 'b.jpg'), signal);
    await outlet.edit(request, edited, cardOf(stored, 'a.jpg'), signal);
    expect(fake.callsOf('sendPhoto').map(({ params }) => params['has_spoiler'])).toEqual([true, true]);
    expect(fake.callsOf('editMessageMedia').map(({ params }) => params['media'])).toMatchObject([
      { has_spoiler: true },
      { has_spoiler: true },
    ]);
    expect(fake.violations).toEqual([]);
  });

  it('is not posted and edited so otherwise', async () => {
    const { fake, outlet, request, red, blue, signal } = await openOutlet();
    const card = cardOf({ kind: 'jpeg', jpeg: red }, 'a.jpg', false);
    const posted = await outlet.post(request, card, signal);
    await outlet.edit(request, posted, cardOf({ kind: 'jpeg', jpeg: blue }, 'b.jpg', false), signal);
    expect(fake.callsOf('sendPhoto')[0]?.params).not.toHaveProperty('has_spoiler');
    expect(fake.callsOf('editMessageMedia')[0]?.params['media']).not.toHaveProperty('has_spoiler');
  });

  it('is found as a text: what is sent out of a search cannot be covered', () => {
    const stored = { kind: 'stored', reference: 'AgAC' } as const;
    const finds = [true, false].map((spoiler) => ({
      id: `${spoiler}`,
      description: 'd',
      card: cardOf(stored, 'a.jpg', spoiler),
    }));
    const rendered = renderFinds({ kind: 'finds', language: 'en', finds, hint: 'h' }, encode);
    expect(rendered['results']).toMatchObject([
      {
        type: 'article',
        id: 'true',
        title: 'Jazz',
        input_message_content: { message_text: '<b>Jazz</b>\n\nx' },
      },
      { type: 'photo', id: 'false', photo_file_id: 'AgAC' },
    ]);
    expect(problemsOfAny(['InlineQueryResult[]'], rendered['results'], 'results')).toEqual([]);
  });
});
