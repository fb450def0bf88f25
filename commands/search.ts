import type { Find } from '../src/core/card.ts';
import type { Command, CommandContext, CommandDependencies } from '../src/core/command.ts';
import { type Genre, rankGenres } from '../src/core/genre.ts';
import { parseGenre } from '../src/core/parse-words.ts';
import { REGIONS } from '../src/core/playlist.ts';
import { linksOf, presentAnswer } from '../src/core/present-answer.ts';
import type { Call } from '../src/core/request.ts';
import { storedAnswer } from '../src/core/stored-answer.ts';
import type { StoredResult } from '../src/core/stored-result.ts';
import { textCard } from '../src/core/text-card.ts';
import { LANGUAGES } from '../src/languages/languages.ts';

const LATEST = 10;

/**
 * What to send in any chat: a result by its id (the asker's own, or one that its owner shared), a genre's playlists by
 * its name, or the asker's latest results.
 */
export const search: Command<Call & { command: 'search' }> = async function* (
  { query },
  context,
  dependencies,
) {
  const { hint, nothing } = LANGUAGES[context.language].chat.search;
  const finds = await find(query.trim(), context, dependencies);
  yield { kind: 'finds', language: context.language, finds, hint: finds.length > 0 ? hint : nothing };
};

async function find(
  query: string,
  context: CommandContext,
  dependencies: CommandDependencies,
): Promise<readonly Find[]> {
  const { request } = context;
  const { store } = dependencies;
  if (query === '') {
    const results = await store.latestResults(request.platform, request.asker.id, LATEST);
    return Promise.all(results.map((result) => resultFind(result, context, dependencies)));
  }
  const genre = parseGenre(query);
  if (genre) return playlistFinds(genre, context, dependencies);
  const result = await store.result(query);
  const may = result?.posted && (result.owner === request.asker.id || result.shared);
  return result && may && result.platform === request.platform
    ? [await resultFind(result, context, dependencies)]
    : [];
}

async function resultFind(
  result: StoredResult,
  { language, signal }: CommandContext,
  dependencies: CommandDependencies,
): Promise<Find> {
  // in the language that its words are in
  const shown = { view: 'result', pictures: [] } as const;
  const card = presentAnswer(await storedAnswer(result, shown, dependencies, signal), result.language);
  const genre = rankGenres(result.scores)[0] as Genre;
  const buttons = card.buttons
    .map((row) => row.filter(({ kind }) => kind === 'share'))
    .filter(({ length }) => length > 0);
  return {
    id: result.id,
    description: LANGUAGES[language].chat.search.result(genre, result.createdAt),
    card: { ...card, buttons },
  };
}

async function playlistFinds(
  genre: Genre,
  { language, signal }: CommandContext,
  { playlistSource }: CommandDependencies,
): Promise<readonly Find[]> {
  const playlists = await playlistSource.playlists(genre, signal);
  const { card, chat } = LANGUAGES[language];
  return [[...REGIONS], ...REGIONS.map((region) => [region])].map((regions) => ({
    id: `${genre}-${regions.join('-')}`,
    description: chat.search.playlists,
    card: {
      ...textCard(
        language,
        regions.map((region) => card.playlist(genre, region)).join(' + '),
        linksOf(playlists, language, regions),
      ),
      accent: genre,
    },
  }));
}
