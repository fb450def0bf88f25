import type { Reply } from '../src/core/card.ts';
import type { CommandContext, CommandDependencies } from '../src/core/command.ts';
import type { Genre } from '../src/core/genre.ts';
import { askerKey } from '../src/core/request.ts';
import type { StoredResult } from '../src/core/stored-result.ts';
import { UserError } from '../src/core/user-error.ts';
import { LANGUAGES } from '../src/languages/languages.ts';
import { showFirst } from './why-not.ts';

/**
 * 👍, 👎, and after 👎 the genre it should have been: the owner's alone, changed as often as they like.
 * Throws UserError not-yours.
 */
export async function* vote(
  result: StoredResult,
  { up, genre }: { readonly up: boolean; readonly genre: Genre | null },
  { request, language, signal }: CommandContext,
  dependencies: CommandDependencies,
): AsyncGenerator<Reply, void> {
  const { store, calendar, mayManage } = dependencies;
  // an admin who hid asked in the chat's name
  const isOwner =
    request.asker.id === result.owner || (result.owner === result.chat.id && (await mayManage()));
  if (!isOwner) throw new UserError('not-yours', {});
  await store.putVote({ resultId: result.id, voter: askerKey(request), up, genre, at: calendar() });
  const { thanks, thanksGenre } = LANGUAGES[language].chat;
  yield { kind: 'toast', text: genre ? thanksGenre(genre) : thanks };
  const view = !up && !genre ? 'correct' : 'result';
  yield* showFirst(result, { view, language }, dependencies, signal);
}
