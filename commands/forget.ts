import type { Card } from '../src/core/card.ts';
import type { Command, CommandContext, CommandDependencies } from '../src/core/command.ts';
import { consentButtons } from '../src/core/present-consent.ts';
import { askerKey, type Call } from '../src/core/request.ts';
import { StorageError } from '../src/core/storage-error.ts';
import { textCard } from '../src/core/text-card.ts';
import { LANGUAGES } from '../src/languages/languages.ts';

/**
 * /forget: deletes at once what is here, and has the archive forget the rest; they are told when it has. Where the store
 * cannot be had it says so, and throws that to be tried again until it can.
 */
export const forget: Command<Call & { command: 'forget' }> = async function* (_, context, dependencies) {
  const { request, language, acceptedAt } = context;
  const { archive, person } = dependencies;
  const say = LANGUAGES[language].privacy.forget;
  await archive.forget(person.pseudonym, acceptedAt); // first: what is being written about them meanwhile sees it
  try {
    await forgetHere(context, dependencies);
  } catch (error) {
    if (error instanceof StorageError) yield forgetCard([say.begun], context, dependencies);
    throw error;
  }
  const told = { ...request, call: { command: 'forgotten', language } } as const;
  const outcome = await archive.tellForgotten(person.pseudonym, acceptedAt, told);
  yield forgetCard([say.here, outcome === 'queued' ? say.archiveToo : say.all], context, dependencies);
};

async function forgetHere(
  { request }: CommandContext,
  { store, records, person }: CommandDependencies,
): Promise<void> {
  const { results } = await store.about(person);
  const photos = results.flatMap(({ pictures }) => pictures.map(({ sha256 }) => sha256));
  await records.forget(askerKey(request), photos);
  await store.forget(person);
}

/** Where photos are kept unless somebody says no, that they said so is forgotten, too. */
function forgetCard(
  paragraphs: readonly string[],
  { language }: CommandContext,
  { archive }: CommandDependencies,
): Card {
  const { title, keepsOn } = LANGUAGES[language].privacy.forget;
  return archive.usual === 'keep'
    ? textCard(language, title, [...paragraphs, keepsOn], [consentButtons(null, language)])
    : textCard(language, title, paragraphs);
}
