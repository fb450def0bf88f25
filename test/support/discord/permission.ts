/** Rights by Discord's names, as far as a bot like this one meets them. */
export const Permission = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useExternalEmojis: 1n << 18n,
  useApplicationCommands: 1n << 31n,
  sendMessagesInThreads: 1n << 38n,
  useExternalApps: 1n << 50n,
} as const;

/** What a bot that was invited with the rights it needs may do. */
export const BOT_PERMISSIONS =
  Permission.viewChannel |
  Permission.sendMessages |
  Permission.sendMessagesInThreads |
  Permission.embedLinks |
  Permission.attachFiles |
  Permission.readMessageHistory |
  Permission.useExternalEmojis;

/** What people may do where nobody has told otherwise. */
export const MEMBER_PERMISSIONS =
  BOT_PERMISSIONS | Permission.useApplicationCommands | Permission.useExternalApps;

/** Whether one is in the set; an administrator may do everything. */
export function isIn(permissions: bigint, wanted: bigint): boolean {
  return (permissions & (wanted | Permission.administrator)) !== 0n;
}
