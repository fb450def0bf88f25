import { BOT_PERMISSIONS } from './permission.ts';
import { type Channel, ChannelType } from './place-store.ts';

/** What the bot may do in a channel. */
export function botPermissionsIn(channel: Channel): bigint {
  if (!channel.guild) return channel.hasBot ? BOT_PERMISSIONS : 0n;
  if (!channel.guild.hasBot) return 0n;
  return channel.botPermissions ?? channel.parent?.botPermissions ?? channel.guild.botPermissions;
}

export function isThread({ type }: Channel): boolean {
  return type === ChannelType.thread || type === ChannelType.privateThread;
}
