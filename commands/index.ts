import type { Reply } from '../src/core/card.ts';
import type { Command, CommandContext, CommandDependencies } from '../src/core/command.ts';
import type { Genre } from '../src/core/genre.ts';
import { keepResult } from '../src/core/keep-result.ts';
import { askerKey, type Call, type Plain, type VibeCall } from '../src/core/request.ts';
import { UserError } from '../src/core/user-error.ts';
import { about } from './about.ts';
import { help } from './help.ts';
import { language } from './language.ts';
import { playlist } from './playlist.ts';
import { press } from './press.ts';
import { search } from './search.ts';
import { shared } from './shared.ts';
import { tracks } from './tracks.ts';
import { vibe } from './vibe.ts';

const COMMANDS: { readonly [Name in Call['command']]: Command<Call & { command: Name }> } = {
  about,
  help,
  language,
  playlist,
  press,
  search,
  shared,
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

/** The photo's cards. Where nobody else reads along, songs come by themselves, as soon as its genre is known. */
async function* vibeInChat(
  call: VibeCall,
  context: CommandContext,
  dependencies: CommandDependencies,
): AsyncGenerator<Reply, void> {
  const { request, language, signal } = context;
  const { showsPhoto: withPhoto, trackSource } = dependencies;
  const keepInStore = keepResult(call, context, dependencies);
  let genre: Genre | null = null;
  const keep: typeof keepInStore = (reading, measured) => {
    genre = reading.ranking[0] ?? reading.genre;
    return keepInStore(reading, measured);
  };
  const { shared: othersRead } = request.chat;
  const offersTracks = trackSource.available && othersRead;
  const asked = { ...call, language, withPhoto, asker: askerKey(request), offersTracks };
  let followed = othersRead || !trackSource.available;
  for await (const card of vibe<Plain>(asked, { ...dependencies, keep }, signal)) {
    yield card;
    if (followed || !genre) continue;
    followed = true;
    yield { kind: 'follow-up', call: { command: 'tracks', genre, region: 'global' } };
  }
}
