import type { Sleep, Telemetry } from '../../core/chat-ports.ts';
import type { ImageSource } from '../../core/ports.ts';
import type { Plain } from '../../core/request.ts';
import { UserError } from '../../core/user-error.ts';
import { createDownloader, tooLargeHere } from '../download.ts';
import { parseImage } from './address.ts';
import { MAX_FILE_MEGABYTES } from './picture-of.ts';
import type { TelegramCaller } from './telegram-caller.ts';
import { TelegramRefusal } from './telegram-failure.ts';

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

/** Pictures by their file_id. Throws UserError picture-gone, too-large-here; OutletError when Telegram cannot be reached. */
export function createTelegramImageSource(options: TelegramImageSourceOptions): ImageSource<Plain> {
  const { call, apiRoot, token, telemetry, sleep, limitMs } = options;
  const limits = { maxMegabytes: MAX_FILE_MEGABYTES, gone: [404], limitMs };
  const withDownload = createDownloader({ service: 'telegram', telemetry, sleep, ...limits });
  return {
    async fetch(reference, signal) {
      const { fileId } = parseImage(reference);
      return withDownload(async (download, limited) => {
        const { file_path: path, file_size: size } = await findFile(call, fileId, limited);
        if (!path) throw new UserError('picture-gone', {});
        return download({ url: `./file/bot${token}/${path}`, base: apiRoot, size });
      }, signal);
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
    throw error.says('file is too big')
      ? tooLargeHere(MAX_FILE_MEGABYTES)
      : new UserError('picture-gone', {}, { cause: error });
  }
}
