/**
 * Which models are asked for words, the first one first. All see pictures, answer in a given shape and have Chat
 * Completions; gpt-4o is shut down on 2027-01-14: https://developers.openai.com/api/docs/deprecations
 */
export const DEFAULT_MODELS: readonly string[] = ['gpt-4o', 'gpt-5.4', 'gpt-5.4-mini'];

/**
 * Think before they answer, which costs time and tokens: https://developers.openai.com/api/docs/guides/reasoning.
 * Servers of others put their maker before the name.
 */
const REASONING = /(^|\/)(o\d|gpt-[5-9])(?!.*chat)/;

/** Tokens of an answer: three texts of which the longest in Arabic take 300. */
const ANSWER_TOKENS = 900;
const THOUGHT_TOKENS = 1200;

/** What a model is to be asked with. */
export function effortOf(model: string) {
  return REASONING.test(model)
    ? ({ max_completion_tokens: ANSWER_TOKENS + THOUGHT_TOKENS, reasoning_effort: 'low' } as const)
    : ({ max_completion_tokens: ANSWER_TOKENS } as const);
}
