import { z } from 'zod';
import table from './openai-prices.json' with { type: 'json' };

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

const price = z.tuple([z.number().positive(), z.number().positive()]);
const { models } = z.object({ models: z.record(z.string(), price) }).parse(table);

const costOf = ([input, output]: z.infer<typeof price>, tokens: Tokens) =>
  Math.ceil(tokens.input * input + tokens.output * output);

/** Millionths of a dollar, rounded up. A dated model has its family's price; one that is unknown the dearest of all. */
export function microsOf(model: string, tokens: Tokens): number {
  const name = model.replace(/^.*\//, '');
  const known = models[name] ?? models[name.replace(/-\d{4}-\d{2}-\d{2}$/, '')];
  return known
    ? costOf(known, tokens)
    : Math.max(...Object.values(models).map((each) => costOf(each, tokens)));
}
