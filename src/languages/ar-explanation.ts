import type { ExplanationWords } from './explanation-words.ts';

export const arExplanation: ExplanationWords = { photo: () => '', heatmap: () => '', altText: () => '' };
