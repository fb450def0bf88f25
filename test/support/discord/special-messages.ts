import type { FileGiven } from './attachment-store.ts';
import { type DiscordMessage, Flag, type MessageSnapshot } from './discord-types.ts';
import { type Sending, sendMessage } from './people-messages.ts';
import type { World } from './world.ts';

const FORWARD = 1;
const VOICE: FileGiven = {
  bytes: Buffer.from('OggS'),
  name: 'voice-message.ogg',
  durationSecs: 2.5,
  waveform: Buffer.alloc(16, 0x7f).toString('base64'),
};

/** A voice message: one file of sound, and nothing else. */
export function sendVoiceMessage(world: World, sending: Sending): DiscordMessage {
  return sendMessage(world, '', { ...sending, files: [VOICE], more: { flags: Flag.voice } });
}

/** Forwards a message: all that it shows stands in `message_snapshots`, and nothing in the forward itself. */
export function forwardMessage(world: World, id: string, sending: Sending): DiscordMessage {
  const stored = world.messages.get(id);
  if (!stored) throw new Error(`there is no message ${id} to forward`);
  const { raw } = stored;
  const { channel_id, guild_id } = raw;
  const reference = { type: FORWARD, message_id: id, channel_id, ...(guild_id && { guild_id }) };
  // of a forward, what it shows is forwarded
  const message_snapshots = raw.message_snapshots ?? [{ message: snapshotOf(raw) }];
  const more = { flags: Flag.hasSnapshot, message_reference: reference, message_snapshots };
  return sendMessage(world, '', { ...sending, more });
}

function snapshotOf(raw: DiscordMessage): MessageSnapshot {
  const { type, content, embeds, attachments, timestamp, edited_timestamp, flags } = raw;
  const { mentions, mention_roles, components } = raw;
  return {
    ...{ type, content, embeds, attachments, timestamp, edited_timestamp, flags },
    ...{ mentions, mention_roles, components },
  };
}
