import { LANGUAGES } from '../languages/languages.ts';
import type { Card } from './card.ts';
import { textCard } from './text-card.ts';
import type { Language } from './types.ts';

/** Nothing is left of somebody who asked to be forgotten. */
export function forgottenCard(language: Language): Card {
  const { title, all } = LANGUAGES[language].privacy.forget;
  return textCard(language, title, [all]);
}
