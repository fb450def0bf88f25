/** The parts of Telegram's updates that are read here; https://core.telegram.org/bots/api#update. */

import { z } from 'zod';

const user = z.object({
  id: z.number(),
  is_bot: z.boolean(),
  language_code: z.string().optional(),
});

const chat = z.object({
  id: z.number(),
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
});

const file = z.object({ file_id: z.string(), file_size: z.number().optional() });
const photoSize = file.extend({ width: z.number(), height: z.number() });
const withThumbnail = file.extend({ thumbnail: photoSize.optional() });

const entity = z.object({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  user: user.optional(),
});

/** What can hold a picture. */
const media = z.object({
  photo: z.array(photoSize).optional(),
  document: withThumbnail.optional(),
  animation: withThumbnail.optional(),
  sticker: withThumbnail.extend({ is_animated: z.boolean(), is_video: z.boolean() }).optional(),
  has_media_spoiler: z.boolean().optional(),
});

const present = z.unknown().optional();

const message = media.extend({
  message_id: z.number(),
  chat,
  from: user.optional(),
  /** The group or channel in whose name it was sent. */
  sender_chat: chat.optional(),
  via_bot: user.optional(),
  is_automatic_forward: z.boolean().optional(),
  message_thread_id: z.number().optional(),
  is_topic_message: z.boolean().optional(),
  media_group_id: z.string().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  reply_to_message: media
    .extend({
      message_id: z.number(),
      from: user.optional(),
      sender_chat: chat.optional(),
      forum_topic_created: present,
    })
    .optional(),
  external_reply: media.optional(),
  video: present,
  video_note: present,
  voice: present,
  audio: present,
  contact: present,
  location: present,
  poll: present,
  dice: present,
  story: present,
});

const callbackQuery = z.object({
  id: z.string(),
  from: user,
  /** Without a text or photo when it is too old for Telegram to show it; absent under a message sent out of a search. */
  message: message
    .pick({ message_id: true, chat: true, message_thread_id: true, is_topic_message: true })
    .optional(),
  data: z.string().optional(),
});

export const updateSchema = z.object({
  update_id: z.number(),
  message: message.optional(),
  callback_query: callbackQuery.optional(),
  inline_query: z.object({ id: z.string(), from: user, query: z.string() }).optional(),
  chosen_inline_result: z.object({ result_id: z.string(), from: user }).optional(),
});

/** What getUpdates and setWebhook ask for. */
export const UPDATE_KINDS = ['message', 'callback_query', 'inline_query', 'chosen_inline_result'] as const;

export type TelegramUpdate = z.infer<typeof updateSchema>;
export type TelegramMessage = z.infer<typeof message>;
export type TelegramMedia = z.infer<typeof media>;
export type TelegramUser = z.infer<typeof user>;
