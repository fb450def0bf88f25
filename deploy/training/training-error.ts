/** What whoever trains is to read; its message is a whole line. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
}
