/** What can be picked from a list while one types, in its order. */
export const MENU_COMMANDS = [
  'vibe',
  'playlist',
  'stats',
  'language',
  'privacy',
  'export',
  'forget',
  'about',
  'help',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];
