import { LANGUAGES } from '../languages/languages.ts';
import type { Button, TextBlock } from './card.ts';
import type { PlatformName } from './request.ts';
import type { Language } from './types.ts';

/** Asks whether photos may be kept: nothing is, until somebody says so. */
export function consentLine(platform: PlatformName, language: Language): TextBlock {
  return { kind: 'text', text: LANGUAGES[language].privacy.ask[platform], quiet: true, lasting: true };
}

/** `result`: the answer under which it is asked; null: under none. */
export function consentButtons(result: string | null, language: Language): Button[] {
  const { keep, drop } = LANGUAGES[language].privacy.buttons;
  return [
    { kind: 'action', label: keep, action: { kind: 'consent', keep: true, result } },
    { kind: 'action', label: drop, action: { kind: 'consent', keep: false, result } },
  ];
}
