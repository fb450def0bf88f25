import { inspect } from 'node:util';
import { Telegram } from 'telegraf';
import { expect, onTestFinished } from 'vitest';
import type { Sleep } from '../../src/core/chat-ports.ts';
import type { Plain, Request } from '../../src/core/request.ts';
import type { TelegramAddress } from '../../src/platforms/telegram/address.ts';
import {
  createTelegramCaller,
  type TelegramCaller,
  type TelegramCallerOptions,
} from '../../src/platforms/telegram/telegram-caller.ts';
import { recordSleep } from './platform-recorders.ts';
import { recordTelemetry } from './record-telemetry.ts';
import { startFakeBotApi } from './telegram/fake-bot-api.ts';

/** A Bot API server, and telegraf unmodified as its client; pauses pass at once unless told. */
export async function connectTelegram({ sleep }: { readonly sleep?: Sleep } = {}) {
  const fake = await startFakeBotApi();
  onTestFinished(() => fake.close());
  const { telemetry, counted } = recordTelemetry();
  const time = recordSleep();
  const dependencies = { telemetry, sleep: sleep ?? time.sleep };
  const call = startTelegramCaller(fake.url, fake.token, dependencies);
  const stop = new AbortController();
  const outcomes = () =>
    counted.map((event) => (event.name === 'outside_calls' ? event.outcome : event.name));
  return { fake, call, ...dependencies, outcomes, pauses: time.pauses, signal: stop.signal, stop };
}

export function startTelegramCaller(
  apiRoot: string,
  token: string,
  dependencies: Omit<TelegramCallerOptions, 'telegram'>,
): TelegramCaller {
  const telegram = new Telegram(token, { apiRoot, webhookReply: false });
  return createTelegramCaller({ telegram, ...dependencies });
}

/** A request whose answer goes there. */
export function requestFor(address: Plain, given: Partial<Request> = {}): Request {
  return {
    platform: 'telegram',
    asker: { id: '500000001', locale: null },
    chat: { id: '500000001', shared: false, community: null },
    address,
    call: { command: 'about' },
    answerBy: null,
    ...given,
  };
}

export function addressIn(chatId: number, given: Partial<TelegramAddress> = {}): Plain {
  return { chatId, threadId: null, replyTo: null, callbackId: null, ...given };
}

/** What a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => 'no failure',
    (error: unknown) => ({ error }),
  );
  expect(outcome).toHaveProperty('error');
  return (outcome as { readonly error: unknown }).error;
}

/** All that a log could write of an error: its text, its stack, its causes and its fields, hidden ones too. */
export function everythingOf(error: unknown): string {
  const { message, stack, cause } = error as Error;
  return [
    String(error),
    message,
    stack,
    inspect(error, { depth: 20, showHidden: true, getters: true }),
    JSON.stringify(error),
    cause === undefined ? '' : everythingOf(cause),
  ].join('\n');
}
