import type { Command } from '../src/core/command.ts';
import { textCard } from '../src/core/text-card.ts';
import { LANGUAGES } from '../src/languages/languages.ts';

/** /help and /start: what to do, in three lines and an example. */
export const help: Command = async function* (_, { language, request }) {
  const { title, lines, inGroups, example } = LANGUAGES[language].chat.help;
  yield textCard(language, title, [
    ...lines,
    inGroups[request.platform],
    { kind: 'text', text: example, quiet: true },
  ]);
};
