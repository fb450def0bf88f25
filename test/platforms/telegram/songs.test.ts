import { describe, expect, it } from 'vitest';
import { renderCard } from '../../../src/platforms/telegram/render.ts';
import { songsCard, songUrl, track } from '../../support/songs-card.ts';
import { findEntities, readText } from '../../support/telegram/formatted-text.ts';
import { specProblems } from '../../support/telegram/spec-problems.ts';
import { encode } from '../../support/telegram-cards.ts';
import { addressIn, failureOf, requestFor } from '../../support/telegram-connection.ts';
import { openOutlet, textCard } from '../../support/telegram-outlet.ts';
import { LONE_SURROGATE, randomNumbers, randomText } from '../../support/telegram-texts.ts';

const CARD = songsCard([track('a'), track('b')]);
const WICKED = ['</a><b>x</b>', '@somebody #tag /start', 'https://evil.example/x', '"\u202e]\u2069(`\n2. x'];
/** As people see it; throws what Telegram would refuse. */
const shown = (card: typeof CARD) => readText({ text: renderCard(card, encode).text, parse_mode: 'HTML' });
const withoutMarks = (text: string) => text.replace(/[\u2060-\u2069\u200f]/g, '');

describe('songs', () => {
  it('are numbered lines under a bold title, their names the links', () => {
    const { text, entities } = shown(songsCard([track('a', { title: 'R&B' }), track('b', { length: null })]));
    expect(withoutMarks(text)).toBe('Jazz\n1. R&B — Channel a · 3:07\n2. Title b — Channel b');
    const marked = entities.map(({ type, offset, length, url }) => [
      type,
      withoutMarks(text.slice(offset, offset + length)),
      url,
    ]);
    expect(marked).toEqual([
      ['bold', 'Jazz', undefined],
      ['text_link', 'R&B', songUrl('a')],
      ['text_link', 'Title b', songUrl('b')],
    ]);
  });

  it('keep each name’s direction to itself, and begin from the right in Arabic', () => {
    const { text } = shown(songsCard([track('a', { title: 'يا ليل' })], { language: 'ar' }));
    expect(text).toBe('Jazz\n\u200f1. \u2068يا ليل\u2069 — \u2068Channel a\u2069 · 3:07');
  });

  it.each(WICKED)('are not led astray by a name: %j', (name) => {
    const url = 'https://y.t/?a=1&b=%22%3Cx%3E';
    const tracks = [track('a', { title: name, channel: name, url }), track('b')];
    const { text, entities } = shown(songsCard(tracks));
    expect(text.split('\n')).toHaveLength(3);
    expect(entities.map(({ type }) => type)).toEqual(['bold', 'text_link', 'text_link']);
    expect(entities[1]?.url).toBe(url);
    // in a link Telegram looks for no others
    const [, link] = entities;
    const rest = text.slice((link?.offset ?? 0) + (link?.length ?? 0));
    expect(findEntities(rest)).toEqual([]);
    expect(rest).not.toMatch(/[\u202a-\u202e]/);
  });

  it('fit whatever their names are, and the last go first', () => {
    const random = randomNumbers(5);
    const any = () => randomText(random, 1 + random(300));
    for (let round = 0; round < 100; round += 1) {
      const tracks = [1, 2, 3, 4, 5].map((id) => track(`${id}`, { title: any(), channel: any() }));
      const { text, entities } = shown(songsCard(tracks, { title: randomText(random, 3) }));
      expect(text).not.toMatch(LONE_SURROGATE);
      expect(entities.filter(({ type }) => type === 'text_link')).toHaveLength(5);
    }
    const many = Array.from({ length: 60 }, (_, id) => track(`${id}`, { title: 'word '.repeat(60) }));
    const { text, entities } = shown(songsCard(many));
    expect(text.length).toBeGreaterThan(3900);
    expect(entities.at(1)?.url).toBe(songUrl('0'));
    expect(
      text
        .split('\n')
        .slice(1)
        .map((line) => Number.parseInt(line, 10)),
    ).toEqual(entities.slice(1).map((_, index) => index + 1));
  });

  it('have the preview of the first, large and below', () => {
    const { previewUrl, image } = renderCard(CARD, encode);
    expect([previewUrl, image]).toEqual([songUrl('a'), null]);
    expect(renderCard(songsCard([]), encode).previewUrl).toBeNull();
  });
});

describe('songs beneath an answer', () => {
  const tracksCall = (replyTo: number) =>
    ({ command: 'tracks', genre: 'jazz', region: 'global', replyTo: `${replyTo}` }) as const;

  it('are a reply to it, not to what was asked, and play the first', async () => {
    const { fake, outlet, person, id, request: answered, signal } = await openOutlet();
    const asked = fake.sendText('hello', { from: person }).message.message_id;
    const answer = await outlet.post(answered, textCard('x'), signal);
    const call = tracksCall(Number(answer.messageId));
    const request = requestFor(addressIn(id, { replyTo: asked }), { call });
    const posted = await outlet.post(request, CARD, signal);
    expect(posted).toEqual({ messageId: expect.any(String), imageName: null, image: null });
    expect(fake.message(id, Number(posted.messageId))).toMatchObject({
      replyTo: Number(answer.messageId),
      preview: songUrl('a'),
      keyboard: [[{ text: 'More' }]],
    });
    const options = { url: songUrl('a'), prefer_large_media: true, show_above_text: false };
    const { params } = fake.callsOf('sendMessage').at(-1) ?? {};
    expect(params?.['link_preview_options']).toEqual(options);
    expect(specProblems('LinkPreviewOptions', options)).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  it('come in its topic, and without it where it is gone', async () => {
    const { fake, outlet, signal } = await openOutlet();
    const forum = fake.group({ forum: true });
    const threadId = fake.topic(forum);
    const request = requestFor(addressIn(forum.id, { threadId, callbackId: '1' }), { call: tracksCall(999) });
    const { messageId } = await outlet.post(request, CARD, signal);
    expect(fake.message(forum.id, Number(messageId))).toMatchObject({ threadId, replyTo: undefined });
    expect(fake.violations).toEqual([]);
  });

  it('give way to others in the same message, with another preview', async () => {
    const { fake, outlet, id, signal } = await openOutlet();
    const request = requestFor(addressIn(id), { call: tracksCall(1) });
    const posted = await outlet.post(request, CARD, signal);
    const other = songsCard([track('c')]);
    for (const _ of ['once', 'twice'])
      expect(await outlet.edit(request, posted, other, signal)).toEqual(posted);
    expect(fake.message(id, Number(posted.messageId))).toMatchObject({ preview: songUrl('c'), edits: 1 });
    expect(fake.messagesIn(id)).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });

  it('are never posted twice by themselves', async () => {
    const { fake, outlet, id, messages, signal } = await openOutlet();
    fake.fail({ method: 'sendMessage', kind: 'drop-reply' });
    const request = requestFor(addressIn(id), { call: tracksCall(1) });
    const failure = await failureOf(outlet.post(request, CARD, signal));
    expect(failure).toMatchObject({ failure: { kind: 'unsure' } });
    expect(messages()).toHaveLength(1);
  });
});
