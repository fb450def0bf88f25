import type { Command, CommandContext, CommandDependencies } from '../src/core/command.ts';
import { askerKey, type Call, isAlone } from '../src/core/request.ts';
import { textCard } from '../src/core/text-card.ts';
import { UserError } from '../src/core/user-error.ts';
import { LANGUAGES } from '../src/languages/languages.ts';

/** /export: a file with all that is known of the asker. Throws UserError not-alone where others would get it, too. */
export const exportAll: Command<Call & { command: 'export' }> = async function* (_, context, dependencies) {
  const { request, language } = context;
  if (!isAlone(request)) throw new UserError('not-alone', {});
  const known = await knownOf(context, dependencies);
  const { title, text, label } = LANGUAGES[language].privacy.export;
  const bytes = new TextEncoder().encode(`${JSON.stringify(known, null, 2)}\n`);
  const date = known.exportedAt.slice(0, 10);
  yield textCard(language, title, [
    text,
    { kind: 'file', fileName: `vibe-${date}.json`, mediaType: 'application/json', bytes, label },
  ]);
};

async function knownOf(
  { request, acceptedAt }: CommandContext,
  { store, archive, records, inbox, person }: CommandDependencies,
) {
  const { language, choice, results, votes, predictions } = await store.about(person);
  const photos = results.flatMap(({ pictures }) => pictures.map(({ sha256 }) => sha256));
  const { words, callsToday } = await records.about(askerKey(request), photos);
  const waiting = await inbox.requestsOf(askerKey(request));
  return {
    exportedAt: new Date(acceptedAt).toISOString(),
    you: person,
    language,
    keepingPhotos: choice,
    keptPhotos: await archive.kept(person.pseudonym),
    results,
    votes,
    predictions,
    wordsFromServices: words,
    callsToServicesToday: callsToday,
    // not where they are to be answered: that can hold a key to the chat
    requestsInHand: waiting.map(({ asker, chat, call }) => ({ asker, chat, call })),
  };
}
