/** What whoever deploys can mend; the message is a line for them. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  /** What the command ends with. */
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
