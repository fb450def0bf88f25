import type { Sleep, Telemetry } from '../core/chat-ports.ts';
import { OutletError } from '../core/outlet-error.ts';
import type { PlatformName } from '../core/request.ts';
import { backoff, tryAgain } from '../core/try-again.ts';
import { UserError } from '../core/user-error.ts';

export interface DownloaderOptions {
  readonly service: PlatformName;
  /** Larger files are not taken. */
  readonly maxMegabytes: number;
  /** The HTTP statuses that say the file is not there any more. */
  readonly gone: readonly number[];
  readonly telemetry: Telemetry;
  readonly sleep: Sleep;
  /** For one picture, all that `find` does included. */
  readonly limitMs?: number | undefined;
}

export interface RemoteFile {
  /** May hold secrets: it is in no error. */
  readonly url: string;
  /** What the URL is relative to. */
  readonly base?: string;
  /** In bytes, where the platform says it. */
  readonly size: number | null | undefined;
}

export type Download = (file: RemoteFile) => Promise<Uint8Array>;

/**
 * Gives the picture that `find` downloads, in time. Throws UserError picture-gone, too-large-here; OutletError when it
 * cannot be had; the signal's reason; what `find` throws.
 */
export type Downloader = (
  find: (download: Download, signal: AbortSignal) => Promise<Uint8Array>,
  signal: AbortSignal,
) => Promise<Uint8Array>;

const LIMIT_MS = 30_000;
/** For one attempt: a download that stalls is begun anew. */
const ATTEMPT_MS = 10_000;
const ATTEMPTS = 3;
const MEGABYTE = 1024 * 1024;

/** One way for all downloads: limits of time and size, another try for what breaks off, and every outcome counted. */
export function createDownloader(options: DownloaderOptions): Downloader {
  const { sleep, limitMs = LIMIT_MS } = options;
  return async (find, signal) => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const download: Download = (file) =>
      tryAgain(() => attempt(file, options, AbortSignal.any([limited, AbortSignal.timeout(ATTEMPT_MS)])), {
        attempts: ATTEMPTS,
        pauseAfter: (error, done) => (error instanceof OutletError ? backoff(done) : null),
        sleep,
        signal: limited,
      });
    try {
      return await find(download, limited);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UserError || error instanceof OutletError) throw error;
      if (limited.aborted) throw unreachable('no time left');
      throw error;
    }
  };
}

export function tooLargeHere(maxMegabytes: number): UserError<'too-large-here'> {
  return new UserError('too-large-here', { maxMegabytes });
}

/** No error of fetch's goes on from here, only its code: it may hold the URL. */
async function attempt(
  { url, base, size }: RemoteFile,
  { service, telemetry, maxMegabytes, gone }: DownloaderOptions,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (size && size > maxMegabytes * MEGABYTE) throw tooLargeHere(maxMegabytes);
  const count = (outcome: string) =>
    telemetry.count({ name: 'outside_calls', service, method: 'file', outcome });
  try {
    const response = await fetch(new URL(url, base), { signal, redirect: 'error' });
    const bytes = await readBody(response, maxMegabytes, gone);
    if (size && bytes.length < size) throw unreachable('truncated');
    count('ok');
    return bytes;
  } catch (error) {
    count(error instanceof UserError ? error.code : 'failed');
    if (error instanceof UserError || error instanceof OutletError) throw error;
    const { name, cause } = error as { name?: string; cause?: { code?: string } };
    throw unreachable(cause?.code ?? name ?? 'failed');
  }
}

async function readBody(
  response: Response,
  maxMegabytes: number,
  gone: readonly number[],
): Promise<Uint8Array> {
  const { status, ok, body, headers } = response;
  const refuse = async (error: Error) => {
    await body?.cancel().catch(() => {}); // or the connection stays open until it has come
    throw error;
  };
  if (gone.includes(status)) return refuse(new UserError('picture-gone', {}));
  if (!ok || !body) return refuse(unreachable(`${status}`));
  if (Number(headers.get('content-length')) > maxMegabytes * MEGABYTE) {
    return refuse(tooLargeHere(maxMegabytes));
  }
  return readCapped(body, maxMegabytes);
}

async function readCapped(body: ReadableStream<Uint8Array>, maxMegabytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxMegabytes * MEGABYTE) throw tooLargeHere(maxMegabytes); // leaving the loop cancels the rest
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function unreachable(what: string): OutletError {
  return new OutletError(`file: ${what}`, { kind: 'unfetched' });
}
