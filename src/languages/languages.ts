import type { Language } from '../core/types.ts';
import { ar } from './ar.ts';
import { en } from './en.ts';
import type { Words } from './language.ts';

export const LANGUAGES: Readonly<Record<Language, Words>> = { en, ar };
