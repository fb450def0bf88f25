import type { Asked, Person } from './person.ts';
import type { Plan } from './plan.ts';

/** Photos that were accepted. */
export interface SentPhotos {
  /** The numbers of their pictures. */
  readonly pictures: readonly number[];
  readonly asked: Asked;
  /** What the person had seen confirmed by then. */
  readonly choice: 'yes' | 'no' | 'none';
  /** What they said of the answer, and saw confirmed. */
  vote: { readonly up: boolean } | null;
}

/** What somebody has done, and what the bot owes them. */
export interface Story {
  readonly person: Person;
  readonly plan: Plan;
  readonly sent: SentPhotos[];
  /** They have asked to be forgotten, and the bot has said that it does. */
  hasForgotten: boolean;
  /** Requests that died with the program that they were told to: they were made again. */
  readonly neverAccepted: Asked[];
  /** Commands and presses that the bot had and did not answer for long: they were made again. */
  askedAgain: number;
}

export function beginStory(person: Person, plan: Plan): Story {
  return { person, plan, sent: [], hasForgotten: false, neverAccepted: [], askedAgain: 0 };
}
