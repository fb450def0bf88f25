import type { Command } from '../src/core/command.ts';
import { askerKey, type Call } from '../src/core/request.ts';
import { textCard } from '../src/core/text-card.ts';
import { LANGUAGES } from '../src/languages/languages.ts';

/** /forget: deletes at once what is here, and has the archive forget the rest; they are told when it has. */
export const forget: Command<Call & { command: 'forget' }> = async function* (
  _,
  { request, language },
  { store, archive, records, person },
) {
  const { results } = await store.about(person);
  const photos = results.flatMap(({ pictures }) => pictures.map(({ sha256 }) => sha256));
  // first: what is being written about them meanwhile sees it
  const outcome = await archive.forget(person.pseudonym, {
    ...request,
    call: { command: 'forgotten', language },
  });
  await records.forget(askerKey(request), photos);
  await store.forget(person);
  const { title, here, archiveToo, all } = LANGUAGES[language].privacy.forget;
  yield textCard(language, title, outcome === 'queued' ? [here, archiveToo] : [here, all]);
};
