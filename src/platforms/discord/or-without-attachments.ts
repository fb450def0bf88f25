import type { Card } from '../../core/card.ts';
import { OutletError } from '../../core/outlet-error.ts';
import { withoutAttachments } from '../without-attachments.ts';
import { DiscordRefusal, MISSING_PERMISSIONS } from './discord-failure.ts';

/** Shows a card without its pictures and its file where the bot may attach none; where it may not write at all, there is no answer. */
export async function orWithoutAttachments<T>(card: Card, act: (card: Card) => Promise<T>): Promise<T> {
  const isForbidden = (error: unknown) => error instanceof DiscordRefusal && error.is(MISSING_PERMISSIONS);
  try {
    return await act(card);
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
  try {
    return await act(withoutAttachments(card));
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new OutletError('the bot may not write there', { kind: 'gone' }, { cause: error });
  }
}
