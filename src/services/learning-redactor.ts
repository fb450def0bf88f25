import { createRedactor, type Redactor } from './redact.ts';

export interface LearningRedactor {
  readonly redact: Redactor;
  /** From now on these are hidden, too; what was hidden stays so. */
  learn(secrets: readonly string[]): void;
}

/** Hides secrets that become known while the program runs. */
export function createLearningRedactor(secrets: readonly string[]): LearningRedactor {
  const known = new Set(secrets);
  let redact = createRedactor([...known]);
  return {
    redact: (text) => redact(text),
    learn(more) {
      const before = known.size;
      for (const secret of more) known.add(secret);
      if (known.size > before) redact = createRedactor([...known]);
    },
  };
}
