import { z } from 'zod';
import type { Plain } from '../../core/request.ts';

/** Where a message goes, and what is to be answered beside it. */
const address = z.object({
  chatId: z.number(),
  /** The topic of a forum. */
  threadId: z.number().nullable(),
  /** The asker's message. */
  replyTo: z.number().nullable(),
  /** Of a pressed button. */
  callbackId: z.string().nullable(),
});

const inlineAddress = z.object({ inlineQueryId: z.string() });

const imageReference = z.object({
  fileId: z.string(),
  /** In bytes, where Telegram says it. */
  size: z.number().nullable(),
});

export type TelegramAddress = z.infer<typeof address>;
export type TelegramInlineAddress = z.infer<typeof inlineAddress>;
export type TelegramImage = z.infer<typeof imageReference>;

/** They come from the disk: a wrong one throws. */
export const parseAddress = (plain: Plain): TelegramAddress => address.parse(plain);
export const parseInlineAddress = (plain: Plain): TelegramInlineAddress => inlineAddress.parse(plain);
export const parseImage = (plain: Plain): TelegramImage => imageReference.parse(plain);
