/** What a person said about keeping their photos. */
export interface Choice {
  /** null: they were asked, and have not said. */
  readonly keep: boolean | null;
  /** Of the text that they read: CONSENT_VERSION as it was then. */
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The result under which they were asked; null: nowhere, they chose by themselves. */
  readonly resultId: string | null;
}
