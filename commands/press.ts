import { type Action, decodeAction } from '../src/core/action.ts';
import type { Reply } from '../src/core/card.ts';
import type { Command, CommandContext, CommandDependencies } from '../src/core/command.ts';
import { isForgottenSince } from '../src/core/is-forgotten-since.ts';
import { presentTracks } from '../src/core/present-tracks.ts';
import { askerKey, communityKey, type PressCall, type ShownPicture } from '../src/core/request.ts';
import type { StoredResult } from '../src/core/stored-result.ts';
import { UserError } from '../src/core/user-error.ts';
import { LANGUAGES } from '../src/languages/languages.ts';
import { consent } from './consent.ts';
import { languageCard } from './language.ts';
import { playlistCard } from './playlist.ts';
import { share } from './share.ts';
import { vote } from './vote.ts';
import { showFirst, whyNot } from './why-not.ts';

/**
 * A button on a card. In a group all may read on (why, back); what changes a result is its owner's.
 * Throws UserError stale-button, not-yours, not-manager.
 */
export const press: Command<PressCall> = async function* ({ data, pictures }, context, dependencies) {
  const action = decodeAction(data, dependencies.mac);
  if (!action) throw new UserError('stale-button', {});
  switch (action.kind) {
    case 'language':
      return yield* chooseLanguage(action, context, dependencies);
    case 'consent':
      return yield* pressConsent(action, pictures, context, dependencies);
    case 'playlist':
      yield SEEN;
      yield await playlistCard(action.genre, action.region, context.language, dependencies, context.signal);
      return;
    case 'tracks':
    case 'turn':
      return yield* pressForTracks(action, context, dependencies);
    default:
      return yield* pressOnResult(action, pictures, context, dependencies);
  }
};

/** Ends the waiting sign on the button before any work. */
const SEEN: Reply = { kind: 'toast', text: '' };

type ResultAction = Exclude<Action, { kind: 'consent' | 'language' | 'playlist' | 'tracks' | 'turn' }>;

/** Said on the button when they cannot be had; else shown, as a message of their own or in place of others. */
async function* pressForTracks(
  action: Action & { kind: 'tracks' | 'turn' },
  { signal }: CommandContext,
  { trackSource }: CommandDependencies,
): AsyncGenerator<Reply, void> {
  const { genre, region } = action;
  const turn = action.kind === 'turn' ? { seed: action.seed, page: action.page } : { seed: 0, page: 0 };
  const page = await trackSource.tracks(genre, region, turn, signal);
  if (!page) throw new UserError('no-tracks', {});
  yield SEEN;
  yield action.kind === 'turn'
    ? presentTracks(page, { genre, region, turn }, action.language)
    : { kind: 'follow-up', call: { command: 'tracks', genre, region } };
}

async function* pressConsent(
  { keep, result: id }: Action & { kind: 'consent' },
  pictures: readonly ShownPicture[],
  context: CommandContext,
  dependencies: CommandDependencies,
): AsyncGenerator<Reply, void> {
  const result = id === null ? null : await dependencies.store.result(id);
  const isStale = id !== null && (!result || !isHere(result, context));
  if (isStale) throw new UserError('stale-button', {});
  yield* consent({ keep, result, pictures }, context, dependencies);
}

async function* pressOnResult(
  action: ResultAction,
  pictures: readonly ShownPicture[],
  context: CommandContext,
  dependencies: CommandDependencies,
): AsyncGenerator<Reply, void> {
  const { request, signal } = context;
  const result = await dependencies.store.result(action.result);
  if (!result || !isHere(result, context)) throw new UserError('stale-button', {});
  // a card that others read stays in its owner's language
  const language = request.asker.id === result.owner ? context.language : result.language;
  const inLanguage = { ...context, language };
  const asker = askerKey(request);
  switch (action.kind) {
    case 'up':
    case 'down':
    case 'down-genre': {
      const genre = action.kind === 'down-genre' ? action.genre : null;
      return yield* vote(result, { up: action.kind === 'up', genre, pictures }, inLanguage, dependencies);
    }
    case 'share':
      return yield* share(result, pictures, context, dependencies);
  }
  yield SEEN;
  if (action.kind === 'why-genre') {
    const shown = { genre: action.genre, view: 'choose', language, pictures, asker } as const;
    yield* whyNot(result, shown, dependencies, signal);
  } else {
    const view = action.kind === 'why' ? 'choose' : 'result';
    yield* showFirst(result, { view, language, pictures, asker }, dependencies, signal);
  }
}

/** A button's data is good in the chat where it was posted only. */
function isHere({ platform, chat }: StoredResult, { request }: CommandContext): boolean {
  return platform === request.platform && chat.id === request.chat.id;
}

async function* chooseLanguage(
  { language, forChat }: Action & { kind: 'language' },
  context: CommandContext,
  dependencies: CommandDependencies,
): AsyncGenerator<Reply, void> {
  const { request } = context;
  const { store, mayManage } = dependencies;
  if (forChat && !(await mayManage())) throw new UserError('not-manager', {});
  const key = forChat ? communityKey(request) : askerKey(request);
  if (!(await isForgottenSince(context, dependencies))) await store.setLanguage(key, language);
  const { done, doneChat } = LANGUAGES[language].chat.language;
  yield { kind: 'toast', text: forChat ? doneChat : done };
  if (!request.chat.shared) yield languageCard(done, language, false);
}
