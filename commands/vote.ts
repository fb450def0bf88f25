import type { Reply } from '../src/core/card.ts';
import type { CommandContext, CommandDependencies } from '../src/core/command.ts';
import type { Genre } from '../src/core/genre.ts';
import { isForgottenSince } from '../src/core/is-forgotten-since.ts';
import { askerKey, type ShownPicture } from '../src/core/request.ts';
import type { StoredResult } from '../src/core/stored-result.ts';
import { UserError } from '../src/core/user-error.ts';
import { LANGUAGES } from '../src/languages/languages.ts';
import { requireOwner } from './require-owner.ts';
import { showFirst } from './why-not.ts';

export interface Ballot {
  readonly up: boolean;
  /** What it should have been; null: not said. */
  readonly genre: Genre | null;
  readonly pictures: readonly ShownPicture[];
}

/**
 * 👍, 👎, and after 👎 the genre it should have been: the owner's alone, changed as often as they like.
 * Throws UserError not-yours, stale-button.
 */
export async function* vote(
  result: StoredResult,
  { up, genre, pictures }: Ballot,
  { request, language, acceptedAt, signal }: CommandContext,
  dependencies: CommandDependencies,
): AsyncGenerator<Reply, void> {
  const { store, archive, person, personOf, calendar } = dependencies;
  await requireOwner(result, request, dependencies);
  await store.putVote({ resultId: result.id, voter: askerKey(request), up, genre, at: calendar() });
  if (await isForgottenSince({ acceptedAt }, dependencies)) {
    await store.forget(person); // it came between
    throw new UserError('stale-button', {});
  }
  await archive.vote(personOf(result.platform, result.owner).pseudonym, result.id, { up, genre });
  const { thanks, thanksGenre } = LANGUAGES[language].chat;
  yield { kind: 'toast', text: genre ? thanksGenre(genre) : thanks };
  const view = !up && !genre ? 'correct' : 'result';
  yield* showFirst(result, { view, language, pictures, asker: askerKey(request) }, dependencies, signal);
}
