import { TelegramRefusal } from './telegram-failure.ts';

/** What `act` gives, or `otherwise` when Telegram refuses with one of these phrases in its description. */
export async function ifRefused<T>(
  act: () => Promise<T>,
  phrases: readonly string[],
  otherwise: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof TelegramRefusal && error.says(...phrases)) return otherwise();
    throw error;
  }
}
