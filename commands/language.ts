import type { Button, Card } from '../src/core/card.ts';
import type { Command } from '../src/core/command.ts';
import { isForgottenSince } from '../src/core/is-forgotten-since.ts';
import { parseLanguage } from '../src/core/parse-words.ts';
import { askerKey, type Call } from '../src/core/request.ts';
import { textCard } from '../src/core/text-card.ts';
import { LANGUAGE_CODES, type Language } from '../src/core/types.ts';
import { LANGUAGES } from '../src/languages/languages.ts';

/** /language [name]: the asker's own, and for those who manage a group also the group's. */
export const language: Command<Call & { command: 'language' }> = async function* (
  { words },
  context,
  dependencies,
) {
  const { language: current, request } = context;
  const { store, mayManage } = dependencies;
  const forChat = request.chat.shared && (await mayManage());
  const [word] = words;
  const chosen = word === undefined ? null : parseLanguage(word);
  if (chosen && !(await isForgottenSince(context, dependencies)))
    await store.setLanguage(askerKey(request), chosen);
  const spoken = chosen ?? current;
  const { language: say } = LANGUAGES[spoken].chat;
  const answer = chosen ? say.done : word === undefined ? say.ask : say.unknown(word);
  yield languageCard(answer, spoken, forChat);
};

/** `answer`, and the languages to choose from. */
export function languageCard(answer: string, language: Language, forChat: boolean): Card {
  const { language: say } = LANGUAGES[language].chat;
  const buttons = (chat: boolean): Button[] =>
    LANGUAGE_CODES.map((code) => ({
      kind: 'action',
      label: chat ? say.forChat(LANGUAGES[code].name) : LANGUAGES[code].name,
      action: { kind: 'language', language: code, forChat: chat },
    }));
  return textCard(
    language,
    say.title,
    forChat ? [answer, say.askChat] : [answer],
    forChat ? [buttons(false), buttons(true)] : [buttons(false)],
  );
}
