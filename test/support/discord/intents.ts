import { MESSAGE_CONTENT } from './hide-content.ts';

const GUILDS = 1 << 0;
const GUILD_MEMBERS = 1 << 1;
const PRESENCES = 1 << 8;
const GUILD_MESSAGES = 1 << 9;
const DIRECT_MESSAGES = 1 << 12;

/** Intents that Discord grants only to those who ask for them in the developer portal. */
export const PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT;

/** Every intent there is; any other bit is a mistake. */
export const ALL_INTENTS = 0b11_0011_0001_1111_1111_1111_1111;

const NEEDED: Readonly<Record<string, number>> = {
  GUILD_CREATE: GUILDS,
  GUILD_UPDATE: GUILDS,
  GUILD_DELETE: GUILDS,
  CHANNEL_CREATE: GUILDS,
  CHANNEL_UPDATE: GUILDS,
  CHANNEL_DELETE: GUILDS,
  THREAD_CREATE: GUILDS,
  THREAD_UPDATE: GUILDS,
  THREAD_DELETE: GUILDS,
  GUILD_MEMBER_ADD: GUILD_MEMBERS,
  PRESENCE_UPDATE: PRESENCES,
};
const MESSAGES = /^MESSAGE_(?:CREATE|UPDATE|DELETE)$/;

/** Whether somebody with these intents gets an event. */
export function wants(intents: number, event: string, isDirect: boolean): boolean {
  const needed = MESSAGES.test(event) ? (isDirect ? DIRECT_MESSAGES : GUILD_MESSAGES) : NEEDED[event];
  return needed === undefined || (intents & needed) !== 0;
}
