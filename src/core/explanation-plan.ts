export interface ExplanationPlan {
  readonly todo: true;
}
