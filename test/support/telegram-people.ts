import { readFileSync } from 'node:fs';
import type { TelegramAddress } from '../../src/platforms/telegram/address.ts';
import { intake } from '../../src/platforms/telegram/intake.ts';
import { updateSchema } from '../../src/platforms/telegram/update-schema.ts';
import { CallLog } from './local-server/call-log.ts';
import { UserActions } from './telegram/user-actions.ts';
import { World } from './telegram/world.ts';

export const BOT = { id: 123_456_789, is_bot: true, first_name: 'Vibe', username: 'vibe_test_bot' };
export const NOW = Date.UTC(2030, 0, 1);

/** People who write to the bot, and no server: their updates are what Telegram would send. */
export function people(): UserActions {
  return new UserActions(new World(BOT, new CallLog()));
}

/** What the bot makes of an update as it came off the wire. */
export function take(update: unknown) {
  return intake(updateSchema.parse(JSON.parse(JSON.stringify(update))), BOT, NOW);
}

export function requestOf(update: unknown) {
  return take(update)?.request ?? null;
}

export function callOf(update: unknown) {
  return requestOf(update)?.call ?? null;
}

export function addressOf(update: unknown): TelegramAddress {
  return requestOf(update)?.address as TelegramAddress;
}

/** An update, or several, as Telegram has sent them. */
export function recorded(name: string): unknown {
  return JSON.parse(
    readFileSync(new URL(`../fixtures/telegram/${name}.json`, import.meta.url), 'utf8'),
  ) as unknown;
}
