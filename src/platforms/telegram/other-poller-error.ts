/** Another program has polled with the same token for two minutes. */
export class OtherPollerError extends Error {
  override readonly name = 'OtherPollerError';

  constructor() {
    super('another program polls with the same token');
  }
}
