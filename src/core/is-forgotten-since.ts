import type { CommandContext, CommandDependencies } from './command.ts';

/** Whether the asker has asked to be forgotten since they asked this: then nothing of it may be written down. */
export async function isForgottenSince(
  { acceptedAt }: Pick<CommandContext, 'acceptedAt'>,
  { archive, person }: Pick<CommandDependencies, 'archive' | 'person'>,
): Promise<boolean> {
  const forgottenAt = await archive.forgottenAt(person.pseudonym);
  return forgottenAt !== null && forgottenAt >= acceptedAt;
}
