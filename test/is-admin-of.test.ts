import { expect, it } from 'vitest';
import { isAdminOf } from '../src/is-admin-of.ts';
import { GROUP, makeRequest } from './support/make-request.ts';

const ADMIN = { telegramChatId: '1001', discordUserId: '1001' };

it.each([
  ['in their own chat on Telegram', {}, true],
  ['in the group on Telegram that is set', { chat: { ...GROUP, id: '1001' } }, true],
  ['in another chat on Telegram', { chat: GROUP }, false],
  ['alone on Discord', { platform: 'discord' }, true],
  ['where only they see the answer on Discord', { platform: 'discord', chat: GROUP, aside: true }, true],
  ['where others read along on Discord', { platform: 'discord', chat: GROUP }, false],
  ['as somebody else on Discord', { platform: 'discord', asker: { id: '2', locale: null } }, false],
] as const)('whoever runs the bot is known %s: %s', (_, given, isAdmin) => {
  expect(isAdminOf(ADMIN)(makeRequest(undefined, given))).toBe(isAdmin);
  expect(isAdminOf({ telegramChatId: null, discordUserId: null })(makeRequest(undefined, given))).toBe(false);
});
