import type { Sleep, Telemetry } from '../../core/chat-ports.ts';
import { OutletError } from '../../core/outlet-error.ts';
import type { ImageSource } from '../../core/ports.ts';
import type { Plain } from '../../core/request.ts';
import { UserError } from '../../core/user-error.ts';
import { parseImage } from './address.ts';
import { MAX_FILE_MEGABYTES } from './picture-of.ts';
import type { TelegramCaller } from './telegram-caller.ts';
import { TelegramRefusal } from './telegram-failure.ts';
import { backoff, tryAgain } from './try-again.ts';

export interface TelegramImageSourceOptions {
  readonly call: TelegramCaller;
  /** https://api.telegram.org/, or another that ends in a slash. */
  readonly apiRoot: string;
  readonly token: string;
  readonly telemetry: Telemetry;
  readonly sleep: Sleep;
  /** For one picture, all attempts together. */
  readonly limitMs?: number;
}

const LIMIT_MS = 30_000;
/** For one attempt: a download that stalls is begun anew. */
const ATTEMPT_MS = 10_000;
const ATTEMPTS = 3;
const MAX_BYTES = MAX_FILE_MEGABYTES * 1024 * 1024;

/** Pictures by their file_id. Throws UserError picture-gone, too-large-here; OutletError when Telegram cannot be reached. */
export function createTelegramImageSource(options: TelegramImageSourceOptions): ImageSource<Plain> {
  const { call, sleep, limitMs = LIMIT_MS } = options;
  return {
    async fetch(reference, signal) {
      const { fileId } = parseImage(reference);
      const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
      try {
        const file = await findFile(call, fileId, limited);
        const attempt = () =>
          download(file, options, AbortSignal.any([limited, AbortSignal.timeout(ATTEMPT_MS)]));
        return await tryAgain(attempt, {
          attempts: ATTEMPTS,
          pauseAfter: (error, done) => (error instanceof OutletError ? backoff(done) : null),
          sleep,
          signal: limited,
        });
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof UserError || error instanceof OutletError) throw error;
        if (limited.aborted) throw unreachable('no time left');
        throw error;
      }
    },
  };
}

interface TelegramFile {
  readonly file_path?: string;
  readonly file_size?: number;
}

async function findFile(call: TelegramCaller, fileId: string, signal: AbortSignal): Promise<TelegramFile> {
  try {
    return await call<TelegramFile>('getFile', { file_id: fileId }, { signal, repeatable: true });
  } catch (error) {
    if (!(error instanceof TelegramRefusal)) throw error;
    throw error.says('file is too big') ? tooLarge() : new UserError('picture-gone', {}, { cause: error });
  }
}

/** The URL holds the token: no error of fetch's goes on from here, only its code. */
async function download(
  { file_path: path, file_size: size }: TelegramFile,
  { apiRoot, token, telemetry }: TelegramImageSourceOptions,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (!path) throw new UserError('picture-gone', {});
  if (size !== undefined && size > MAX_BYTES) throw tooLarge();
  const count = (outcome: string) =>
    telemetry.count({ name: 'outside_calls', service: 'telegram', method: 'file', outcome });
  try {
    const url = new URL(`./file/bot${token}/${path}`, apiRoot);
    const response = await fetch(url, { signal, redirect: 'error' });
    if (response.status === 404) throw new UserError('picture-gone', {});
    if (!response.ok || !response.body) throw unreachable(`${response.status}`);
    const bytes = await readCapped(response.body);
    if (size !== undefined && bytes.length < size) throw unreachable('truncated');
    count('ok');
    return bytes;
  } catch (error) {
    count(error instanceof UserError ? error.code : 'failed');
    if (error instanceof UserError || error instanceof OutletError) throw error;
    const { name, cause } = error as { name?: string; cause?: { code?: string } };
    throw unreachable(cause?.code ?? name ?? 'failed');
  }
}

async function readCapped(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > MAX_BYTES) throw tooLarge(); // leaving the loop cancels the rest
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function tooLarge(): UserError<'too-large-here'> {
  return new UserError('too-large-here', { maxMegabytes: MAX_FILE_MEGABYTES });
}

function unreachable(what: string): OutletError {
  return new OutletError(`file: ${what}`, { kind: 'unfetched' });
}
