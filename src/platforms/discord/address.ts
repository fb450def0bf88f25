import { z } from 'zod';
import type { Plain } from '../../core/request.ts';

/** An answer to a command or a press. Its token is a secret. */
const interactionAddress = z.object({
  kind: z.literal('interaction'),
  interactionId: z.string(),
  applicationId: z.string(),
  token: z.string(),
  /** Milliseconds since 1970 until which the token is good. */
  tokenUntil: z.number(),
  channelId: z.string(),
  /** Only who asked sees the answer. */
  ephemeral: z.boolean(),
  /** How the bot can put a message of its own into the channel. */
  posts: z.enum(['by itself', 'by token', 'not at all']),
  /** Whether who asks may choose what holds for the whole server. */
  managesCommunity: z.boolean(),
  /** Most bytes of one file. */
  maxFileBytes: z.number(),
  /** The files of the message whose button was pressed. */
  shown: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** An answer to a message. */
const messageAddress = z.object({
  kind: z.literal('message'),
  channelId: z.string(),
  messageId: z.string(),
});

const address = z.discriminatedUnion('kind', [interactionAddress, messageAddress]);

const imageReference = z.object({
  /** Signed, and good for about a day: a secret while it is. */
  url: z.string(),
  /** In bytes, where Discord tells it. */
  size: z.number().nullable(),
  attachmentId: z.string(),
  /** A message that can be asked for a newer URL. */
  source: z.object({ channelId: z.string(), messageId: z.string() }).nullable(),
});

export type DiscordInteractionAddress = z.infer<typeof interactionAddress>;
export type DiscordAddress = z.infer<typeof address>;
export type DiscordImage = z.infer<typeof imageReference>;

/** They come from the disk: a wrong one throws. */
export const parseAddress = (plain: Plain): DiscordAddress => address.parse(plain);
export const parseImage = (plain: Plain): DiscordImage => imageReference.parse(plain);
