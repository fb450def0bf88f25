import type { Command } from '../src/core/command.ts';
import { forgottenCard } from '../src/core/forgotten-card.ts';
import type { Call } from '../src/core/request.ts';

/** Said once the archive has forgotten somebody. In the language that they spoke: nobody knows it any more. */
export const forgotten: Command<Call & { command: 'forgotten' }> = async function* ({ language }) {
  yield forgottenCard(language);
};
