import { randomNumbers } from '../../test/support/telegram-texts.ts';
import { createDiscordPerson } from '../torture/discord-person.ts';
import { createDiscordReplies } from '../torture/discord-replies.ts';
import type { Person } from '../torture/person.ts';
import { createTelegramPerson } from '../torture/telegram-person.ts';
import type { World } from '../torture/world.ts';
import type { Fleet } from './fleet.ts';

const SEED = 1;

/** On Telegram and on Discord in turn. */
export function openPeople(people: number, { telegram, discord: fake }: World, fleet: Fleet): Person[] {
  const replies = createDiscordReplies(fake);
  const random = randomNumbers(SEED);
  const asksByCommand = () => random(2) === 0;
  const run = () => fleet.ended;
  return Array.from({ length: people }, (_, index) =>
    index % 2 === 0
      ? createTelegramPerson(telegram)
      : createDiscordPerson({ fake, replies, knows: fleet.knows, run, asksByCommand }),
  );
}
