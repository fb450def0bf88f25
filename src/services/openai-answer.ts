import { z } from 'zod';
import type { Genre } from '../core/genre.ts';
import type { Explanation, Language } from '../core/types.ts';
import { answerSchema } from './openai-prompt.ts';
import { plainText } from './plain-text.ts';
import { WordsError } from './words-error.ts';

const completionSchema = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
    }),
  ),
});

const MAX_WORDS = 60;
/** Of characters; sixty words take fewer. */
const MAX_LENGTH = 700;
const MAX_ALT_TEXT = 300;

/** The words of a completion, as plain text. Throws WordsError: there are none, or none that may be shown. */
export function explanationOf(completion: unknown, genre: Genre, language: Language): Explanation {
  const parsed = completionSchema.safeParse(completion);
  if (!parsed.success) throw new WordsError('malformed');
  const [choice] = parsed.data.choices;
  if (!choice) throw new WordsError('no choices');
  const { finish_reason: end, message } = choice;
  if (message.refusal) throw new WordsError('refusal');
  if (end === 'content_filter' || end === 'length') throw new WordsError(end);
  const answer = answerSchema.safeParse(jsonOf(message.content));
  if (!answer.success) throw new WordsError('malformed');
  if (answer.data.genre !== genre) throw new WordsError('another genre');
  const photo = withinWords(plainText(answer.data.photo));
  const heatmap = withinWords(plainText(answer.data.heatmap));
  const altText = withinLength(plainText(answer.data.altText), MAX_ALT_TEXT);
  const texts = [photo, heatmap, altText];
  if (texts.includes('')) throw new WordsError('malformed');
  if (texts.some((text) => REFUSAL.test(text))) throw new WordsError('refusal');
  if (!texts.every((text) => isIn(language, text))) throw new WordsError('another language');
  return { photo, heatmap, altText, source: 'openai' };
}

/** A refusal that was poured into the shape. */
const REFUSAL =
  /^(?:unfortunately,? )?(?:(?:i['’]?m |i am )(?:\w+ )?(?:sorry|unable|not able)\b|sorry,|i (?:can['’]?t|cannot|won['’]?t) )|^(?:أنا )?(?:عذر[اً]+|معذرة|آسفة?|[أن]عتذر|للأسف،? لا|لا (?:أستطيع|يمكنني|يمكننا))(?!\p{L})/iu;

/** By the script of most letters: these two languages share none. */
function isIn(language: Language, text: string): boolean {
  const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return arabic * 2 > letters === (language === 'ar');
}

function jsonOf(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

/** Up to the last sentence that fits, unless that leaves less than half; else up to the last word. */
function withinWords(text: string): string {
  const words = text.split(' ');
  if (words.length <= MAX_WORDS) return withinLength(text, MAX_LENGTH);
  const kept = words.slice(0, MAX_WORDS).join(' ');
  const sentences = kept.match(/^.*[.!?؟…]["'”’»)]*(?=\s|$)/)?.[0] ?? '';
  return withinLength(sentences.length >= kept.length / 2 ? sentences : withEllipsis(kept), MAX_LENGTH);
}

/** Up to the last word that fits; in the middle of one where there is no other. */
function withinLength(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - 2);
  const end = kept.lastIndexOf(' ');
  // a character outside the first plane is not cut in two
  return withEllipsis(end > 0 ? kept.slice(0, end) : kept.replace(/[\ud800-\udbff]$/, ''));
}

/** The sign stands at the last word, so that it counts as none of its own. */
const withEllipsis = (text: string) => `${text.replace(/[\s.,;:،؛]+$/, '')}…`;
