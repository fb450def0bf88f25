import type { ExplanationPlan } from '../core/explanation-plan.ts';

/** Words the measured facts; plain text, at most 60 words a paragraph and 200 characters of alt text. */
export interface ExplanationWords {
  photo(plan: ExplanationPlan): string;
  heatmap(plan: ExplanationPlan): string;
  altText(plan: ExplanationPlan): string;
}
