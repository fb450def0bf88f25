import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/languages.ts';
import {
  buttonsOf,
  cardsOf,
  lastCard,
  linksOf,
  makeCommandBench,
  textsOf,
  toastsOf,
} from '../support/command-bench.ts';
import { GROUP, makeRequest, pressOf } from '../support/make-request.ts';

const inGroup = { request: makeRequest(pressOf(''), { chat: GROUP }) };
const arabic = (forChat: boolean) => ({ kind: 'language', language: 'ar', forChat }) as const;

describe('a button with a language', () => {
  it('sets the person’s, says so in it, and in a private chat changes the card', async () => {
    const { press, store } = makeCommandBench();
    const replies = await press(arabic(false));
    expect(toastsOf(replies)).toEqual([LANGUAGES.ar.chat.language.done]);
    expect(lastCard(replies)).toMatchObject({ language: 'ar', title: LANGUAGES.ar.chat.language.title });
    expect(textsOf(lastCard(replies))).toEqual([LANGUAGES.ar.chat.language.done]);
    expect(await store.language('telegram:user:1001')).toBe('ar');
  });

  it('leaves in a group the card that others use, too', async () => {
    const { press, store } = makeCommandBench();
    const replies = await press(arabic(false), inGroup);
    expect(cardsOf(replies)).toEqual([]);
    expect(toastsOf(replies)).toEqual([LANGUAGES.ar.chat.language.done]);
    expect(await store.language('telegram:user:1001')).toBe('ar');
    expect(await store.language('telegram:chat:-5')).toBeNull();
  });

  it('sets the group’s for who manages it', async () => {
    const { press, store } = makeCommandBench({ mayManage: async () => true });
    expect(toastsOf(await press(arabic(true), inGroup))).toEqual([LANGUAGES.ar.chat.language.doneChat]);
    expect(await store.language('telegram:chat:-5')).toBe('ar');
    expect(await store.language('telegram:user:1001')).toBeNull();
  });

  it('sets it for all chats of a community', async () => {
    const { press, store } = makeCommandBench({ mayManage: async () => true });
    const chat = { id: 'channel', shared: true, community: 'server' };
    await press(arabic(true), { request: makeRequest(pressOf(''), { chat }) });
    expect(await store.language('telegram:chat:server')).toBe('ar');
    expect(await store.language('telegram:chat:channel')).toBeNull();
  });

  it('sets nothing for the group for anybody else', async () => {
    const { press, store } = makeCommandBench();
    await expect(press(arabic(true), inGroup)).rejects.toMatchObject({ code: 'not-manager' });
    expect(await store.language('telegram:chat:-5')).toBeNull();
  });
});

describe('a button with a genre’s playlists', () => {
  it('shows them in place of the card, with the other genres, in the language of whoever pressed', async () => {
    const { press } = makeCommandBench();
    const action = { kind: 'playlist', genre: 'rock', region: null } as const;
    const replies = await press(action, { language: 'ar' });
    expect(toastsOf(replies)).toEqual(['']);
    expect(linksOf(lastCard(replies))).toEqual([
      LANGUAGES.ar.card.playlist('rock', 'global'),
      LANGUAGES.ar.card.playlist('rock', 'khaleeji'),
    ]);
    expect(buttonsOf(lastCard(replies)).flat()).not.toContain('playlist rock');
  });

  it('keeps to the region', async () => {
    const { press } = makeCommandBench();
    const action = { kind: 'playlist', genre: 'rock', region: 'khaleeji' } as const;
    expect(linksOf(lastCard(await press(action)))).toEqual(['Rock · Khaleeji']);
  });
});
