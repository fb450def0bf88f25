import { expect, it } from 'vitest';
import type { Card } from '../src/core/card.ts';
import { OutletError } from '../src/core/outlet-error.ts';
import type { Platforms } from '../src/open-platforms.ts';
import { createTellAdmin } from '../src/tell-admin.ts';
import { textsOf } from './support/command-bench.ts';
import { recordLog } from './support/record-telemetry.ts';

const DEAD = [
  { genre: 'jazz', region: 'global', list: 'RDjazz', backup: false },
  { genre: 'jazz', region: 'global', list: 'PLother', backup: true },
] as const;

function start(
  admin: { telegramChatId: string | null; discordUserId: string | null },
  fails: readonly string[] = [],
) {
  const told: { platform: string; recipient: string; card: Card }[] = [];
  const platform = (name: string) => ({
    async tell(recipient: string, card: Card) {
      if (fails.includes(name)) throw new OutletError('blocked', { kind: 'gone' });
      told.push({ platform: name, recipient, card });
    },
  });
  const platforms = { telegram: platform('telegram'), discord: platform('discord') } as unknown as Platforms;
  const { log, lines } = recordLog();
  return { told, lines, tell: createTellAdmin({ admin, platforms, language: 'en', log }) };
}

it('tells whoever runs the bot which lists are gone, wherever that is set', async () => {
  const { told, tell } = start({ telegramChatId: '-100', discordUserId: '200' });
  await tell(DEAD);
  expect(told.map(({ platform, recipient }) => [platform, recipient])).toEqual([
    ['telegram', '-100'],
    ['discord', '200'],
  ]);
  const [first] = told;
  const texts = first ? textsOf(first.card) : [];
  expect(texts).toEqual([
    'The playlist Jazz · Global (RDjazz) is gone or empty. Its backup takes its place.',
    'The backup of Jazz · Global (PLother) is gone or empty, too: nothing is left for it.',
    'A file named by PLAYLISTS_FILE can name another list.',
  ]);
});

it('tells nobody where nothing is set', async () => {
  const { told, tell } = start({ telegramChatId: null, discordUserId: null });
  await tell(DEAD);
  expect(told).toEqual([]);
});

it('tells the others where one cannot be told, and the log', async () => {
  const { told, tell, lines } = start({ telegramChatId: '-100', discordUserId: '200' }, ['telegram']);
  await tell(DEAD);
  expect(told.map(({ platform }) => platform)).toEqual(['discord']);
  expect(lines).toMatchObject([{ level: 'warn', details: { platform: 'telegram' } }]);
});

it('says that nobody could be told', async () => {
  const admin = { telegramChatId: '-100', discordUserId: '200' };
  await expect(start(admin, ['telegram', 'discord']).tell(DEAD)).rejects.toThrow('no chat could be told');
});
