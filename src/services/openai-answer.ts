import { z } from 'zod';
import type { Genre } from '../core/genre.ts';
import type { Explanation } from '../core/types.ts';
import { answerSchema } from './openai-prompt.ts';
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
const MAX_ALT_TEXT = 300;

/** The words of a completion, as plain text. Throws WordsError: there are none, or none that may be shown. */
export function explanationOf(completion: unknown, genre: Genre): Explanation {
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
  const altText = withinLength(plainText(answer.data.altText));
  if (!photo || !heatmap || !altText) throw new WordsError('malformed');
  return { photo, heatmap, altText, source: 'openai' };
}

function jsonOf(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

const MARKDOWN_LINK = /!?\[([^\]]*)\]\([^)]*\)/g;
const TAG = /<\/?[a-z][^>]*>/gi;
const ADDRESS = /\b[a-z][a-z\d+.-]*:\/\/\S+|\bwww\.\S+/gi;
const DOMAIN =
  /\b(?:[a-z\d-]+\.)+(?:com|net|org|io|me|gg|ly|co|app|dev|ru|xyz|info|tv|ai|be|sa|ae|kw)\b(?:\/\S*)?/gi;
const MARKS = /[*_`~#>|\\]+/g;
/** Control characters, and those that turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Without markup and links, on one line. */
function plainText(text: string): string {
  return text
    .replace(INVISIBLE, ' ')
    .replace(MARKDOWN_LINK, '$1')
    .replace(TAG, ' ')
    .replace(ADDRESS, ' ')
    .replace(DOMAIN, ' ')
    .replace(MARKS, '')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:!?،؛؟])/g, '$1')
    .trim();
}

/** Up to the last sentence that fits, else up to the last word. */
function withinWords(text: string): string {
  const words = text.split(' ');
  if (words.length <= MAX_WORDS) return text;
  const kept = words.slice(0, MAX_WORDS).join(' ');
  const end = kept.search(/[.!?؟][^.!?؟]*$/);
  return end >= kept.length / 2 ? kept.slice(0, end + 1) : `${kept.replace(/[\s.,;:،؛]+$/, '')} …`;
}

function withinLength(text: string): string {
  if (text.length <= MAX_ALT_TEXT) return text;
  return `${text.slice(0, text.lastIndexOf(' ', MAX_ALT_TEXT - 2))} …`;
}
