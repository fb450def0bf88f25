import type { ImageBlock, Reply } from '../src/core/card.ts';
import type { CommandContext, CommandDependencies } from '../src/core/command.ts';
import { OutletError } from '../src/core/outlet-error.ts';
import { type Answer, presentAnswer } from '../src/core/present-answer.ts';
import type { ShownPicture } from '../src/core/request.ts';
import { shownImage, storedAnswer } from '../src/core/stored-answer.ts';
import type { StoredResult } from '../src/core/stored-result.ts';
import { UserError } from '../src/core/user-error.ts';
import { requireOwner } from './require-owner.ts';

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
  const answer = await storedAnswer(result, { view: 'result', pictures }, dependencies, signal);
  const image = answer.image && shownImage(answer.image.fileName, pictures);
  const sent = {
    image: await fetchAgain(image, dependencies, signal),
    photo: await fetchAgain(answer.photo, dependencies, signal),
  };
  yield { kind: 'publication', card: presentAnswer({ ...answer, ...sent }, result.language) };
}

/** With its bytes, for a message that does not have it yet; null when they cannot be had. */
async function fetchAgain(
  image: Answer['image'],
  { imageSource }: CommandDependencies,
  signal: AbortSignal,
): Promise<Pick<ImageBlock, 'fileName' | 'content'> | null> {
  if (image?.content.kind !== 'stored') return image;
  try {
    const jpeg = await imageSource.fetch(image.content.reference, signal);
    return { fileName: image.fileName, content: { kind: 'jpeg', jpeg } };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UserError || error instanceof OutletError) return null;
    throw error;
  }
}
