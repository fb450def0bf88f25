import type { ExplanationWords } from './explanation-words.ts';

export const enExplanation: ExplanationWords = { photo: () => '', heatmap: () => '', altText: () => '' };
