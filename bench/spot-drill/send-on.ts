import { sleep } from '../../src/services/sleep.ts';
import type { Asked, Person } from '../torture/person.ts';
import { until } from '../torture/until.ts';

export interface SendOnOptions {
  readonly pictures: readonly Uint8Array[];
  /** They send no more from then on. */
  isOver(): boolean;
  readonly signal: AbortSignal;
}

/** Nobody may send more than 20 in a minute. */
const EVERY_MS = 3500;

/**
 * Somebody who sends one photo after the other, and again what nobody has accepted: those that were. Rejects with the
 * signal's reason.
 */
export async function sendOn(
  person: Person,
  { pictures, isOver, signal }: SendOnOptions,
): Promise<readonly Asked[]> {
  const accepted: Asked[] = [];
  for (let index = 0; !isOver(); index += 1) {
    const picture = pictures[index % pictures.length] ?? new Uint8Array();
    accepted.push(await sendUntilAccepted(person, picture, signal));
    await sleep(EVERY_MS, signal);
  }
  return accepted;
}

async function sendUntilAccepted(person: Person, picture: Uint8Array, signal: AbortSignal): Promise<Asked> {
  for (;;) {
    await until(() => person.seesBot(), signal);
    const asked = person.send([picture]);
    const hasAnswer = () => asked.answers().length > 0; // written down, though its confirmation was lost
    await until(() => asked.accepted() !== 'open' || hasAnswer(), signal);
    if (asked.accepted() === 'yes' || hasAnswer()) return asked;
  }
}
