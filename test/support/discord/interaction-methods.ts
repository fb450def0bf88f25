import { invalidForm, refuse } from './api-refusal.ts';
import { UPLOAD_LIMIT } from './check-message.ts';
import { Flag, type Json, type MessageBody } from './discord-types.ts';
import { InteractionType, type StoredInteraction } from './interaction-store.ts';
import type { StoredMessage } from './message-store.ts';
import type { CallContext, Methods } from './method.ts';
import type { World } from './world.ts';
import { announce, blankMessage, editMessage, postMessage } from './write-message.ts';

const Callback = {
  pong: 1,
  message: 4,
  deferred: 5,
  deferredUpdate: 6,
  update: 7,
  autocomplete: 8,
  modal: 9,
} as const;
const ANSWER_FLAGS = Flag.suppressEmbeds | Flag.ephemeral | Flag.suppressNotifications | Flag.componentsV2;
const DEFERRED_FLAGS = Flag.ephemeral;

/** The first answer to an interaction. */
export const interactionMethods: Methods = {
  create_interaction_response(context) {
    const { world, path, query, body, arrivedAt } = context;
    const open = world.interactions.withToken(path['interaction_token']);
    if (open?.id !== path['interaction_id'] || !open) throw refuse(10062);
    if (open.acknowledgedAs !== undefined) throw refuse(40060);
    const after = arrivedAt - open.sentAt;
    if (after > open.deadline || !world.interactions.isAlive(open)) throw refuse(10062);
    const type = Number(body['type']);
    const message = answer(context, open, type);
    open.acknowledgedAs = type;
    open.acknowledgedAfter = after;
    if (message) open.originalId = message.raw.id;
    return query['with_response'] === 'true' ? told(world, open, message) : undefined;
  },
};

function answer(context: CallContext, open: StoredInteraction, type: number): StoredMessage | undefined {
  const { world, body, files } = context;
  const data = (body['data'] ?? {}) as MessageBody;
  checkType(open, type);
  switch (type) {
    case Callback.message:
      return postAnswer(world, open, { body: data, files });
    case Callback.deferred:
      return defer(world, open, data);
    case Callback.update: {
      const source = world.messages.get(open.sourceId);
      if (!source || source.deleted) throw refuse(10008);
      return editMessage(world, source, {
        body: data,
        files,
        limit: open.uploadLimit,
        allowedFlags: ANSWER_FLAGS,
      });
    }
    default:
      return undefined;
  }
}

function checkType({ type, sourceId }: StoredInteraction, callback: number): void {
  const isAutocomplete = type === InteractionType.autocomplete;
  const fits =
    callback === Callback.deferredUpdate || callback === Callback.update
      ? sourceId !== undefined
      : callback === Callback.autocomplete
        ? isAutocomplete
        : callback === Callback.modal
          ? type !== InteractionType.modal
          : callback !== Callback.pong && !isAutocomplete;
  if (fits) return;
  const message = `a callback of type ${callback} does not answer an interaction of type ${type}`;
  throw invalidForm([{ path: ['type'], code: 'INTERACTION_CALLBACK_TYPE_INVALID', message }]);
}

/** Posts an answer or a follow-up to an interaction. */
export function postAnswer(
  world: World,
  open: StoredInteraction,
  { body, files }: { readonly body: MessageBody; readonly files: CallContext['files'] },
): StoredMessage {
  const isEphemeral = ((body.flags ?? 0) & Flag.ephemeral) !== 0;
  const draft = { body, files, limit: open.uploadLimit ?? UPLOAD_LIMIT, allowedFlags: ANSWER_FLAGS };
  return postMessage(world, draft, posting(world, open, isEphemeral));
}

function defer(world: World, open: StoredInteraction, { flags }: MessageBody): StoredMessage {
  const strange = (flags ?? 0) & ~DEFERRED_FLAGS;
  if (strange !== 0) {
    const message = `the flags ${strange} cannot be set on a deferred answer`;
    throw invalidForm([{ path: ['data', 'flags'], code: 'MESSAGE_FLAGS_INVALID', message }]);
  }
  const where = posting(world, open, ((flags ?? 0) & Flag.ephemeral) !== 0);
  const { ephemeralFor, interactionId } = where;
  const seenBy = ephemeralFor === undefined ? 0 : Flag.ephemeral;
  const raw = { ...blankMessage(world, where), flags: Flag.loading | seenBy };
  const stored = world.messages.add({ raw, fromBot: true, ephemeralFor, interactionId });
  announce(world, 'MESSAGE_CREATE', stored);
  return stored;
}

function posting(world: World, open: StoredInteraction, isEphemeral: boolean) {
  const { id, type, by, channel, raw, sourceId, originalId, isPrivate } = open;
  const { target_id } = (raw['data'] ?? {}) as Json;
  const isCommand = type === InteractionType.command;
  const interaction_metadata = {
    id,
    type,
    user: by,
    authorizing_integration_owners: raw['authorizing_integration_owners'],
    ...(target_id !== undefined && { target_message_id: target_id }),
    ...(sourceId !== undefined && { interacted_message_id: sourceId }),
    ...(originalId !== undefined && originalId !== sourceId && { original_response_message_id: originalId }),
  };
  const application = { webhook_id: world.bot.id, application_id: world.bot.id };
  const isFollowUp = isCommand && originalId !== undefined;
  const answered = referenceTo(channel.id, isCommand ? originalId : sourceId);
  return {
    channel,
    ephemeralFor: isEphemeral || isPrivate ? by.id : undefined,
    interactionId: id,
    more: { ...application, type: isFollowUp ? 19 : isCommand ? 20 : 0, interaction_metadata, ...answered },
  };
}

// What answers a press shows as a reply to the message that was pressed, a follow-up as one to the first answer.
function referenceTo(channelId: string, messageId: string | undefined) {
  return messageId === undefined
    ? {}
    : { message_reference: { type: 0, channel_id: channelId, message_id: messageId } };
}

function told(world: World, open: StoredInteraction, message: StoredMessage | undefined): Json {
  const { id, type, acknowledgedAs } = open;
  return {
    interaction: {
      id,
      type,
      ...(message && {
        response_message_id: message.raw.id,
        response_message_loading: (message.raw.flags & Flag.loading) !== 0,
        response_message_ephemeral: message.ephemeralFor !== undefined,
        channel_id: message.raw.channel_id,
      }),
    },
    ...(message && { resource: { type: acknowledgedAs, message: world.present(message.raw) } }),
  };
}
