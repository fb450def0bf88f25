import { randomNumbers } from '../../test/support/telegram-texts.ts';
import { createDiscordPerson } from './discord-person.ts';
import { createDiscordReplies } from './discord-replies.ts';
import { makePlans } from './plan.ts';
import type { InboxReader } from './read-inbox.ts';
import { beginStory, type Story } from './story.ts';
import { createTelegramPerson } from './telegram-person.ts';
import type { World } from './world.ts';

export interface OpenStoriesOptions {
  readonly world: World;
  readonly inbox: InboxReader;
  readonly photos: number;
  readonly users: number;
  readonly seed: number;
  /** The number of the program that runs. */
  run(): number;
}

/** People of both platforms in turn, who have done nothing yet. */
export function openStories({ world, inbox, photos, users, seed, run }: OpenStoriesOptions): Story[] {
  const { telegram, discord: fake } = world;
  const knows = (key: string) => inbox.jobOf(key) !== null;
  const replies = createDiscordReplies(fake);
  const random = randomNumbers(seed);
  const asksByCommand = () => random(2) === 0;
  const plans = makePlans(users, Math.floor(photos / users), random);
  return plans.map((plan, index) => {
    const isOnDiscord = index % 2 === 1;
    const person = isOnDiscord
      ? createDiscordPerson({ fake, replies, knows, run, asksByCommand })
      : createTelegramPerson(telegram);
    return beginStory(person, plan);
  });
}
