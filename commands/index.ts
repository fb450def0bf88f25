import type { Reply } from '../src/core/card.ts';
import type { Command, CommandContext, CommandDependencies } from '../src/core/command.ts';
import { keepResult } from '../src/core/keep-result.ts';
import type { Call, Plain } from '../src/core/request.ts';
import { UserError } from '../src/core/user-error.ts';
import { about } from './about.ts';
import { help } from './help.ts';
import { language } from './language.ts';
import { playlist } from './playlist.ts';
import { press } from './press.ts';
import { search } from './search.ts';
import { shared } from './shared.ts';
import { vibe } from './vibe.ts';

const COMMANDS: { readonly [Name in Call['command']]: Command<Call & { command: Name }> } = {
  about,
  help,
  language,
  playlist,
  press,
  search,
  shared,
  vibe: (call, context, dependencies) => {
    const keep = keepResult(call, context, dependencies);
    return vibe<Plain>(
      { ...call, language: context.language, withPhoto: dependencies.showsPhoto },
      { ...dependencies, keep },
      context.signal,
    );
  },
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
