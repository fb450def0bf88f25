import { expect, it } from 'vitest';
import { languageOf } from '../../src/core/language-of.ts';
import type { Request } from '../../src/core/request.ts';
import type { Language } from '../../src/core/types.ts';
import { GROUP, makeRequest } from '../support/make-request.ts';

const OWN = 'telegram:user:1001';
const CHAT = 'telegram:chat:-5';

function spoken(
  chosen: Record<string, Language>,
  locale: string | null,
  chat: Request['chat'] = GROUP,
): Promise<Language> {
  const request = makeRequest({ command: 'about' }, { asker: { id: '1001', locale }, chat });
  return languageOf(request, { language: async (key) => chosen[key] ?? null }, 'en');
}

it('is what the asker chose, before the chat, the client and the default', async () => {
  expect(await spoken({ [OWN]: 'ar', [CHAT]: 'en' }, 'en')).toBe('ar');
  expect(await spoken({ [OWN]: 'en', [CHAT]: 'ar' }, 'ar')).toBe('en');
});

it('is what was chosen for the group, before the client and the default', async () => {
  expect(await spoken({ [CHAT]: 'ar' }, 'en')).toBe('ar');
});

it('is what was chosen for the community, in all of its chats and in no other', async () => {
  const inChannel = (id: string, community: string | null) =>
    spoken({ 'telegram:chat:server': 'ar' }, null, { id, shared: true, community });
  expect(await inChannel('1', 'server')).toBe('ar');
  expect(await inChannel('2', 'server')).toBe('ar');
  expect(await inChannel('3', 'another')).toBe('en');
  expect(await inChannel('4', null)).toBe('en');
});

it('is not what was chosen for a private chat’s id', async () => {
  const alone = { id: '1001', shared: false, community: null };
  expect(await spoken({ 'telegram:chat:1001': 'ar' }, null, alone)).toBe('en');
});

it.each([
  ['ar', 'ar'],
  ['ar-SA', 'ar'],
  ['AR_ae', 'ar'],
  ['en-GB', 'en'],
  ['arn', 'en'],
  ['fr', 'en'],
  ['', 'en'],
  [null, 'en'],
])('is the client’s where we speak it, else the default: %s', async (locale, language) => {
  expect(await spoken({}, locale)).toBe(language);
});
