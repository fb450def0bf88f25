import { parseArgs } from 'node:util';
import { type Genre, isGenre } from '../../core/genre.ts';
import type { Language } from '../../core/types.ts';
import { LANGUAGES } from '../../languages/languages.ts';

export interface Arguments {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly help: boolean;
  readonly out: string;
  readonly why: Genre | null;
  readonly language: Language;
}

/** The program was called wrongly; the message is for people, in their language. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  out: { type: 'string' },
  why: { type: 'string' },
  lang: { type: 'string' },
} as const;

/** Throws UsageError. `fallback` is the language when --lang does not say. */
export function parseArguments(argv: readonly string[], fallback: Language): Arguments {
  // not strict, so that we can say what is wrong in the person's language
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const language = languageOf(values['lang'], fallback);
  for (const token of tokens) if (token.kind === 'option') checkOption(token, language);
  const help = values['help'] === true;
  if (positionals.length === 0 && !help) throw new UsageError(LANGUAGES[language].terminal.noPhoto);
  return {
    files: positionals,
    json: values['json'] === true,
    help,
    out: String(values['out'] ?? './vibe-out'),
    why: whyOf(values['why'], language),
    language,
  };
}

interface OptionToken {
  readonly name: string;
  /** As it was typed, with its dashes. */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Given as --name=value. */
  readonly inlineValue?: boolean | undefined;
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken, language: Language): void {
  const words = LANGUAGES[language].terminal;
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as keyof typeof OPTIONS] : null;
  if (!option) throw new UsageError(words.unknownOption(rawName));
  const missing = !value || (!inlineValue && value.startsWith('-'));
  if (option.type === 'string' && missing) throw new UsageError(words.missingValue(rawName));
  if (option.type === 'boolean' && inlineValue)
    throw new UsageError(words.unknownOption(`${rawName}=${value}`));
}

function languageOf(value: unknown, fallback: Language): Language {
  if (typeof value !== 'string' || value === '') return fallback;
  if (Object.hasOwn(LANGUAGES, value)) return value as Language;
  throw new UsageError(LANGUAGES[fallback].terminal.unknownLanguage(value));
}

function whyOf(value: unknown, language: Language): Genre | null {
  if (typeof value !== 'string') return null;
  const name = value.toLowerCase();
  if (isGenre(name)) return name;
  throw new UsageError(LANGUAGES[language].terminal.unknownGenre(value));
}
