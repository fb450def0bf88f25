/** No words came; the message is a short reason without anything that a service or a person said. */
export class WordsError extends Error {
  override readonly name = 'WordsError';
  /** It may be better soon: worth another try, and a sign that the service is down. */
  readonly passing: boolean;
  /** Milliseconds that the service asks to be left alone for; 0: none. */
  readonly pauseMs: number;
  /** What to do about it, where that is known. */
  readonly remedy: 'another key' | 'another model' | null;
  /** The call has certainly cost nothing. */
  readonly free: boolean;

  constructor(
    reason: string,
    {
      passing = false,
      pauseMs = 0,
      remedy = null,
      free = false,
    }: Partial<Pick<WordsError, 'passing' | 'pauseMs' | 'remedy' | 'free'>> = {},
  ) {
    super(reason);
    this.passing = passing;
    this.pauseMs = pauseMs;
    this.remedy = remedy;
    this.free = free;
  }
}
