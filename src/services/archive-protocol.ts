// all of it, not its `z`: a bundle then leaves out the languages of its messages
import * as z from 'zod';
import { GENRES } from '../core/genre.ts';

/** What the bot and its two functions in AWS say to each other; both sides check it with these. */

/** Of the copy that is kept; a call may have 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_IMAGE_BYTES = 1024 * 1024;

const genre = z.enum(GENRES);
const share = z.number().min(0).max(1);
const pseudonym = z.string().regex(/^[\w-]{32}$/);

const record = z
  .strictObject({
    platform: z.enum(['telegram', 'discord']),
    date: z.iso.date(),
    genre,
    scores: z.record(genre, share),
    modelVersion: z.string().regex(/^[\w.-]{1,64}$/),
    consent: z.strictObject({
      basis: z.enum(['person', 'operator']),
      version: z.string().regex(/^[\w.-]{1,32}$/),
    }),
    trainable: z.boolean(),
    vote: z.strictObject({ up: z.boolean(), genre: genre.nullable() }).nullable(),
  })
  // https://support-dev.discord.com/hc/en-us/articles/8563934450327: no training with what people post there
  .refine(({ platform, trainable }) => platform !== 'discord' || !trainable, { path: ['trainable'] });

/** A photo to be kept; without its bytes where they are there already, and only its record has changed. */
export const archiveEvent = z.strictObject({
  version: z.literal(1),
  pseudonym,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  image: z
    .base64()
    .max(Math.ceil(MAX_IMAGE_BYTES / 3) * 4)
    .nullable(),
  record,
});
export type ArchiveEvent = z.infer<typeof archiveEvent>;

/** A person who is to be forgotten. */
export const eraseEvent = z.strictObject({ version: z.literal(1), pseudonym });
export type EraseEvent = z.infer<typeof eraseEvent>;

/** retry: it may go better later. refused: never, as it is; `reason` is for whoever runs the bot. */
const failed = [
  z.object({ status: z.literal('retry'), reason: z.string() }),
  z.object({ status: z.literal('refused'), reason: z.string() }),
] as const;

export const archiveAnswer = z.discriminatedUnion('status', [
  /** Photo and record are there; `created`: the photo was not there before. */
  z.object({ status: z.literal('stored'), sha256: z.string(), created: z.boolean() }),
  ...failed,
]);
export type ArchiveAnswer = z.infer<typeof archiveAnswer>;

export const eraseAnswer = z.discriminatedUnion('status', [
  /** Nothing of the person is left; how many records went, and how many images that nobody else has. */
  z.object({ status: z.literal('erased'), records: z.int(), images: z.int() }),
  ...failed,
]);
export type EraseAnswer = z.infer<typeof eraseAnswer>;
