import type { Telegram } from 'telegraf';
import type { Sleep, Telemetry } from '../../core/chat-ports.ts';
import { type CallOptions, createOutsideCaller } from '../outside-caller.ts';
import { telegramFailure } from './telegram-failure.ts';

export interface TelegramCallerOptions {
  readonly telegram: Telegram;
  readonly telemetry: Telemetry;
  readonly sleep: Sleep;
}

/** Calls a method of the Bot API; files are `{source: Buffer, filename}`. Throws OutletError, TelegramRefusal, the signal's reason. */
export type TelegramCaller = <Result>(
  method: string,
  payload: Readonly<Record<string, unknown>>,
  options: CallOptions,
) => Promise<Result>;

/** No token is in any error. */
export function createTelegramCaller({ telegram, telemetry, sleep }: TelegramCallerOptions): TelegramCaller {
  const call = createOutsideCaller({ service: 'telegram', failureOf: telegramFailure, telemetry, sleep });
  // telegraf's types know neither all methods nor that it takes our signal as it is
  const callApi = telegram.callApi.bind(telegram) as (...args: readonly unknown[]) => Promise<unknown>;
  return <Result>(
    method: string,
    payload: Readonly<Record<string, unknown>>,
    options: CallOptions,
  ): Promise<Result> =>
    call(method, (signal) => callApi(method, { ...payload }, { signal }) as Promise<Result>, options);
}
