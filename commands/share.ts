import type { Block, Card, Reply } from '../src/core/card.ts';
import type { CommandContext, CommandDependencies } from '../src/core/command.ts';
import { OutletError } from '../src/core/outlet-error.ts';
import { askerKey, type ShownPicture } from '../src/core/request.ts';
import type { StoredResult } from '../src/core/stored-result.ts';
import { UserError } from '../src/core/user-error.ts';
import { requireOwner } from './require-owner.ts';
import { showFirst } from './why-not.ts';

/**
 * Share: the owner's result as a new message for all in the chat, where the platform has no way of its own to show it to
 * others. Throws UserError not-yours, nobody-else, may-not-post.
 */
export async function* share(
  result: StoredResult,
  pictures: readonly ShownPicture[],
  { request, signal }: CommandContext,
  dependencies: CommandDependencies,
): AsyncGenerator<Reply, void> {
  await requireOwner(result, request, dependencies);
  if (!request.chat.shared) throw new UserError('nobody-else', {});
  const asker = askerKey(request);
  const shown = { view: 'result', language: result.language, pictures, asker } as const;
  const cards = await Array.fromAsync(showFirst(result, shown, dependencies, signal));
  const card = cards.at(-1) as Card;
  const blocks: Block[] = [];
  for (const block of card.blocks) blocks.push(...(await toSend(block, pictures, dependencies, signal)));
  yield { kind: 'publication', card: { ...card, blocks } };
}

/** For a message that does not have the picture yet: with its bytes; without it when they cannot be had. */
async function toSend(
  block: Block,
  pictures: readonly ShownPicture[],
  { imageSource }: CommandDependencies,
  signal: AbortSignal,
): Promise<Block[]> {
  if (block.kind !== 'image' || block.content.kind === 'jpeg') return [block];
  const shown = pictures.find(({ name }) => name === block.fileName);
  if (!shown) return [];
  try {
    const jpeg = await imageSource.fetch(shown.reference, signal);
    return [{ ...block, content: { kind: 'jpeg', jpeg } }];
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UserError || error instanceof OutletError) return [];
    throw error;
  }
}
