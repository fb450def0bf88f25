import { refuse } from './api-refusal.ts';
import { Flag, type MessageBody } from './discord-types.ts';
import { postAnswer } from './interaction-methods.ts';
import type { StoredInteraction } from './interaction-store.ts';
import type { StoredMessage } from './message-store.ts';
import type { CallContext, Method, Methods } from './method.ts';
import { announceDeletion } from './people-messages.ts';
import { editMessage } from './write-message.ts';

const DEFERRED = 5;
const MAX_GUEST_FOLLOW_UPS = 5;
// on an edit, that it is ephemeral is overlooked: it stays as it was
const EDIT_FLAGS = Flag.suppressEmbeds | Flag.ephemeral | Flag.componentsV2;

/** What comes after the first answer to an interaction, by its token. */
export const webhookMethods: Methods = {
  execute_webhook(context) {
    const { world, body, files } = context;
    const open = interactionOf(context);
    const original = world.messages.get(open.originalId);
    const isThere = original && !original.deleted;
    const isWaiting =
      open.acknowledgedAs === DEFERRED && isThere && (original.raw.flags & Flag.loading) !== 0;
    // for clients of old, the first follow-up to a deferred answer is that answer
    if (isWaiting) return edit(context, open, original);
    if (open.isGuest && open.followUps >= MAX_GUEST_FOLLOW_UPS) throw refuse(40094);
    const posted = postAnswer(world, open, { body: body as MessageBody, files });
    open.followUps += 1;
    return world.present(posted.raw);
  },

  get_original_webhook_message: get,
  get_webhook_message: get,
  update_original_webhook_message: update,
  update_webhook_message: update,
  delete_original_webhook_message: remove,
  delete_webhook_message: remove,
};

function get(context: CallContext): ReturnType<Method> {
  return context.world.present(messageOf(context, interactionOf(context)).raw);
}

function update(context: CallContext): ReturnType<Method> {
  const open = interactionOf(context);
  return edit(context, open, messageOf(context, open));
}

function remove(context: CallContext): undefined {
  const message = messageOf(context, interactionOf(context));
  message.deleted = true;
  announceDeletion(context.world, message);
}

function edit(
  { world, body, files }: CallContext,
  { uploadLimit }: StoredInteraction,
  message: StoredMessage,
) {
  const draft = { body: body as MessageBody, files, limit: uploadLimit, allowedFlags: EDIT_FLAGS };
  return world.present(editMessage(world, message, draft).raw);
}

function interactionOf({ world, path }: CallContext): StoredInteraction {
  if (path['webhook_id'] !== world.bot.id) throw refuse(10015);
  const open = world.interactions.withToken(path['webhook_token']);
  if (!open || !world.interactions.isAlive(open)) throw refuse(open?.refusedAs ?? 50027);
  if (open.acknowledgedAs === undefined) throw refuse(10015);
  return open;
}

function messageOf({ world, path }: CallContext, open: StoredInteraction): StoredMessage {
  const message = world.messages.get(path['message_id'] ?? open.originalId);
  const isItsOwn = message && (message.interactionId === open.id || message.raw.id === open.sourceId);
  if (!message || !isItsOwn || message.deleted) throw refuse(10008);
  return message;
}
