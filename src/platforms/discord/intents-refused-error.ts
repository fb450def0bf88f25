/** The bot may not have the events that it asks for; in Discord's developer portal it can be allowed to. */
export class IntentsRefusedError extends Error {
  override readonly name = 'IntentsRefusedError';

  constructor() {
    super('the gateway refused the intents');
  }
}
