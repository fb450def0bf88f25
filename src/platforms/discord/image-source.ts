import { Routes } from 'discord.js';
import type { Sleep, Telemetry } from '../../core/chat-ports.ts';
import { OutletError } from '../../core/outlet-error.ts';
import type { ImageSource } from '../../core/ports.ts';
import type { Plain } from '../../core/request.ts';
import { UserError } from '../../core/user-error.ts';
import { createDownloader, type RemoteFile } from '../download.ts';
import { type DiscordImage, parseImage } from './address.ts';
import type { DiscordCaller } from './discord-caller.ts';
import { DiscordRefusal } from './discord-failure.ts';
import { messageSchema } from './event-schema.ts';
import { attachmentsOf } from './picture-of.ts';
import { MAX_FILE_MEGABYTES } from './picture-size.ts';

export interface DiscordImageSourceOptions {
  readonly call: DiscordCaller;
  /** host or host:port of those that pictures are fetched from. */
  readonly cdnHosts: readonly string[];
  readonly telemetry: Telemetry;
  readonly sleep: Sleep;
  /** For one picture, all attempts together. */
  readonly limitMs?: number;
}

const GONE = [403, 404, 410];
/** Addresses on this machine, where nobody can listen in. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Pictures by their URL, or a newer one of the same picture where that has expired. Throws UserError picture-gone,
 * too-large-here; OutletError when Discord cannot be reached.
 */
export function createDiscordImageSource(options: DiscordImageSourceOptions): ImageSource<Plain> {
  const { call, cdnHosts, telemetry, sleep, limitMs } = options;
  const limits = { maxMegabytes: MAX_FILE_MEGABYTES, gone: GONE, limitMs };
  const withDownload = createDownloader({ service: 'discord', telemetry, sleep, ...limits });
  const checked = ({ url, size }: RemoteFile): RemoteFile => {
    if (!isAllowed(url, cdnHosts)) throw new UserError('picture-gone', {});
    return { url, size };
  };
  return {
    async fetch(reference, signal) {
      const image = parseImage(reference);
      const file = checked(image);
      return withDownload(async (download, limited) => {
        try {
          return await download(file);
        } catch (error) {
          if (!image.source || !isGone(error)) throw error;
          return download(checked(await findNewest(call, image.attachmentId, image.source, limited)));
        }
      }, signal);
    },
  };
}

/** Whoever writes a reference could otherwise make this machine ask any other. */
function isAllowed(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, hostname, username, password } = new URL(url);
  const isPrivate = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
  if (!isPrivate || username || password) return false;
  // read as URLs they lose capitals and the usual port
  const allowed = hosts.map((one) => `${protocol}//${one}`).filter((one) => URL.canParse(one));
  return allowed.some((one) => new URL(one).host === host);
}

function isGone(error: unknown): boolean {
  return error instanceof UserError && error.code === 'picture-gone';
}

/** Discord signs the URLs anew each time it shows a message. */
async function findNewest(
  call: DiscordCaller,
  attachmentId: string,
  { channelId, messageId }: NonNullable<DiscordImage['source']>,
  signal: AbortSignal,
): Promise<RemoteFile> {
  const path = Routes.channelMessage(channelId, messageId);
  try {
    const message = await call('read message', { method: 'GET', path }, { signal, repeatable: true });
    const found = attachmentsOf(messageSchema.parse(message)).find(({ id }) => id === attachmentId);
    if (found) return found;
  } catch (error) {
    const isRefused =
      error instanceof DiscordRefusal || (error instanceof OutletError && error.failure.kind === 'gone');
    if (!isRefused) throw error;
    throw new UserError('picture-gone', {}, { cause: error });
  }
  throw new UserError('picture-gone', {});
}
