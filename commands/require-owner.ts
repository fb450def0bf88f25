import type { CommandDependencies } from '../src/core/command.ts';
import type { Request } from '../src/core/request.ts';
import type { StoredResult } from '../src/core/stored-result.ts';
import { UserError } from '../src/core/user-error.ts';

/** Throws UserError not-yours unless the result is the asker's. */
export async function requireOwner(
  { owner, chat }: StoredResult,
  { asker }: Request,
  { mayManage }: Pick<CommandDependencies, 'mayManage'>,
): Promise<void> {
  // an admin who hid asked in the chat's name
  const isOwner = asker.id === owner || (owner === chat.id && (await mayManage()));
  if (!isOwner) throw new UserError('not-yours', {});
}
