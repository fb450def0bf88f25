import type { Reply } from '../src/core/card.ts';
import type { Command, CommandContext, CommandDependencies } from '../src/core/command.ts';
import type { Call } from '../src/core/request.ts';
import { UserError } from '../src/core/user-error.ts';
import { about } from './about.ts';
import { exportAll } from './export.ts';
import { forget } from './forget.ts';
import { forgotten } from './forgotten.ts';
import { help } from './help.ts';
import { language } from './language.ts';
import { playlist } from './playlist.ts';
import { press } from './press.ts';
import { privacy } from './privacy.ts';
import { search } from './search.ts';
import { shared } from './shared.ts';
import { stats } from './stats.ts';
import { tracks } from './tracks.ts';
import { vibeInChat } from './vibe-in-chat.ts';

const COMMANDS: { readonly [Name in Call['command']]: Command<Call & { command: Name }> } = {
  about,
  export: exportAll,
  forget,
  forgotten,
  help,
  language,
  playlist,
  press,
  privacy,
  search,
  shared,
  stats,
  tracks,
  vibe: vibeInChat,
  // biome-ignore lint/correctness/useYield: it only throws what the person is told
  refuse: async function* ({ code, values }) {
    throw new UserError(code, values);
  },
};

/** Runs what was called; yields and throws as Command does. */
export function runCommand(
  call: Call,
  context: CommandContext,
  dependencies: CommandDependencies,
): AsyncGenerator<Reply, void> {
  const command = COMMANDS[call.command] as Command;
  return command(call, context, dependencies);
}
