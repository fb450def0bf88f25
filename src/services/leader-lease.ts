/** Which one of several instances of the program answers: whoever holds it. */
export interface LeaderLease {
  /** Whether nobody else can have it by now. */
  readonly isHeld: boolean;
  /** While it is not held. ok: another instance holds it. */
  health(): { readonly ok: boolean; readonly detail: string };
  /**
   * Resolves once it is held, however long another instance has it; `standsBy` is called each time that one is seen to.
   * Rejects with the signal's reason.
   */
  take(standsBy: () => void, signal: AbortSignal): Promise<void>;
  /** Lets another instance have it at once. To be called last, whether or not it is held. Never rejects. */
  release(): Promise<void>;
}
