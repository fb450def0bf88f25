import { planExplanation } from '../core/explanation-plan.ts';
import type { Explainer } from '../core/ports.ts';
import { LANGUAGES } from '../languages/languages.ts';

/** Words from the measured facts alone, without any service: always there, at once, and never more than was measured. */
export function createLocalExplainer(): Explainer {
  return {
    wantsPreviews: false,
    async explain(request, signal) {
      signal.throwIfAborted();
      const plan = planExplanation(request);
      const words = LANGUAGES[request.language].explanation;
      return {
        photo: words.photo(plan),
        heatmap: words.heatmap(plan),
        altText: words.altText(plan),
        source: 'local',
      };
    },
  };
}
