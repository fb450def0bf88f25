/** Settings that may change while the program runs. */
export const CREDENTIAL_NAMES = [
  'DISCORD_TOKEN',
  'TELEGRAM_TOKEN',
  'OPENAI_API_KEY',
  'YOUTUBE_API_KEY',
] as const;
export type CredentialName = (typeof CREDENTIAL_NAMES)[number];

/** The secrets that services are called with, as they are now. */
export interface Credentials {
  /** null: there is none. */
  get(name: CredentialName): string | null;
  /**
   * After a service has refused `refused`: reads them again where they come from, at most once a minute, and says whether
   * there is another one now. Never rejects.
   */
  refresh(name: CredentialName, refused: string): Promise<boolean>;
}

/** For what has to begin anew with another secret. */
export interface ChangingCredentials extends Credentials {
  /** Whether it is kept outside this machine, where it may be replaced while the program runs. */
  mayChange(name: CredentialName): boolean;
  /** `listener` is called right after the value has changed, and must not throw; what is returned ends that. */
  onChange(name: CredentialName, listener: () => void): () => void;
}
