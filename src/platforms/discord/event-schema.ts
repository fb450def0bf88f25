/** The parts of Discord's gateway events that are read here; https://docs.discord.com/developers/events/gateway-events. */

import { z } from 'zod';

/** A number that is too large for JSON's. */
const bits = z.string().regex(/^\d+$/);

const user = z.object({ id: z.string(), bot: z.boolean().optional() });

const attachment = z.object({
  id: z.string(),
  filename: z.string(),
  /** In bytes. */
  size: z.number(),
  url: z.string(),
  content_type: z.string().nullish(),
  flags: z.number().nullish(),
});

/** A file as a component shows it. */
const media = z.object({
  url: z.string(),
  content_type: z.string().nullish(),
  attachment_id: z.string().optional(),
});

/** Of the components of a message, the files that galleries and file components show. */
const component = z.object({
  items: z.array(z.object({ media, spoiler: z.boolean().default(false) })).default([]),
  file: media.optional(),
  /** Of a container, with all in it. */
  spoiler: z.boolean().default(false),
  get components() {
    return z.array(component).default([]);
  },
});

const withFiles = z.object({
  /** Only those that no component shows. */
  attachments: z.array(attachment).default([]),
  /** Other bots' may be of any kind. */
  components: z.array(component).catch([]),
});

/** A message as another one quotes it. */
const quoted = withFiles.extend({ id: z.string(), author: user });

const message = quoted.extend({
  type: z.number(),
  channel_id: z.string(),
  guild_id: z.string().optional(),
  flags: z.number().default(0),
  webhook_id: z.string().optional(),
  content: z.string().default(''),
  mentions: z.array(user).default([]),
  /** Of a reply; null: it is deleted. */
  referenced_message: quoted.nullish(),
  message_reference: z.object({ type: z.number().default(0) }).nullish(),
  /** What was forwarded. */
  message_snapshots: z.array(z.object({ message: withFiles })).catch([]),
});

const option = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

const chatCommand = z.object({
  type: z.literal(1),
  name: z.string(),
  options: z.array(option).default([]),
  resolved: z
    .object({ attachments: z.record(z.string(), attachment).default({}) })
    .default({ attachments: {} }),
});

const messageCommand = z.object({
  type: z.literal(3),
  name: z.string(),
  target_id: z.string(),
  resolved: z.object({
    messages: z.record(
      z.string(),
      withFiles.extend({ author: user, message_snapshots: message.shape.message_snapshots }),
    ),
  }),
});

const interaction = z.object({
  id: z.string(),
  application_id: z.string(),
  token: z.string(),
  guild_id: z.string().optional(),
  channel_id: z.string(),
  channel: z.object({ type: z.number() }).optional(),
  member: z.object({ user, permissions: bits }).optional(),
  user: user.optional(),
  locale: z.string().optional(),
  app_permissions: bits,
  /** Which installations there are; nothing else of them matters. */
  authorizing_integration_owners: z.record(z.string(), z.unknown()),
  context: z.number().nullish(),
  /** In bytes, of one file. */
  attachment_size_limit: z.number(),
});

export const interactionSchema = z.discriminatedUnion('type', [
  interaction.extend({
    type: z.literal(2),
    data: z.discriminatedUnion('type', [chatCommand, messageCommand]),
  }),
  interaction.extend({
    type: z.literal(3),
    data: z.object({ custom_id: z.string(), values: z.array(z.string()).default([]) }),
    message: withFiles.extend({ id: z.string(), flags: z.number().default(0) }),
  }),
]);

export const messageSchema = message;
/** A message of ours, as Discord answers. */
export const sentMessageSchema = withFiles.extend({ id: z.string() });

export type DiscordInteraction = z.infer<typeof interactionSchema>;
export type DiscordMessage = z.infer<typeof messageSchema>;
export type DiscordAttachment = z.infer<typeof attachment>;
export type DiscordFiles = z.infer<typeof withFiles>;
export type DiscordComponent = z.infer<typeof component>;
export type ChatCommand = z.infer<typeof chatCommand>;
export type MessageCommand = z.infer<typeof messageCommand>;
