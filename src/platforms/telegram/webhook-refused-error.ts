/** Telegram does not take the webhook's URL. */
export class WebhookRefusedError extends Error {
  override readonly name = 'WebhookRefusedError';

  constructor(options?: ErrorOptions) {
    super('the webhook was refused', options);
  }
}
