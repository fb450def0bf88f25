import { isWhole } from './is-whole.ts';
import type { Post } from './person.ts';
import type { InboxReader } from './read-inbox.ts';
import type { SentPhotos, Story } from './story.ts';

/** What has become of what people asked. */
export interface AnswerFigures {
  /** Photos that were accepted, and messages with photos: an album is one. */
  readonly photos: number;
  readonly messages: number;
  readonly answered: number;
  /** Of messages with photos that have no answer, or one whose words are still to come: what their people see in its place, and what the inbox says. */
  readonly unanswered: readonly string[];
  /** Of messages whose answer was posted twice without a reply, and is there: nobody knows where to put the words. */
  readonly givenUp: number;
  /** Answers beyond the first one; and those of them that no reply explains that was lost, or died with the program. */
  readonly secondCopies: number;
  readonly unexplainedCopies: number;
  readonly neverAccepted: number;
  readonly askedAgain: number;
  readonly votes: number;
}

/** From a post on, on a busy machine. */
const WRITTEN_DOWN_BY_MS = 3000;
/** What may have been shown twice is not posted once more. */
const POSTS_WITHOUT_REPLY = 2;

/** `kills`: when programs were killed, by `performance.now()`. */
export function countAnswers(
  stories: readonly Story[],
  inbox: InboxReader,
  kills: readonly number[],
): AnswerFigures {
  const sent = stories.flatMap((story) => story.sent);
  const copies = stories.map(copiesOf);
  const isGivenUp = ({ asked }: SentPhotos) => {
    const isLost = asked.keys.some((key) => inbox.jobOf(key)?.unsure === POSTS_WITHOUT_REPLY);
    return isLost && asked.answers().some(({ hasPicture }) => hasPicture);
  };
  return {
    photos: sum(sent.map(({ pictures }) => pictures.length)),
    messages: sent.length,
    answered: sent.filter(isAnswered).length,
    unanswered: stories.flatMap((story) =>
      story.sent
        .filter((one) => !isAnswered(one) && !isGivenUp(one))
        .map((one) => describe(story, one, inbox)),
    ),
    givenUp: sent.filter((one) => !isAnswered(one) && isGivenUp(one)).length,
    secondCopies: sum(copies),
    unexplainedCopies: sum(
      stories.map(({ person }, index) =>
        Math.max(0, (copies[index] ?? 0) - person.posts().filter((post) => isInDoubt(post, kills)).length),
      ),
    ),
    neverAccepted: sum(stories.map(({ neverAccepted }) => neverAccepted.length)),
    askedAgain: sum(stories.map(({ askedAgain }) => askedAgain)),
    votes: sent.filter(({ vote }) => vote !== null).length,
  };
}

export function isAnswered({ asked }: SentPhotos): boolean {
  return asked.answers().some(isWhole);
}

/** Of what was never accepted there may be an answer all the same: of a confirmation that was lost on its way. */
function copiesOf({ person, sent, neverAccepted }: Story): number {
  const pictures = person.messages().filter(({ hasPicture }) => hasPicture).length;
  const firsts = [...sent.map(({ asked }) => asked), ...neverAccepted].filter((asked) =>
    asked.answers().some(({ hasPicture }) => hasPicture),
  );
  return pictures - firsts.length;
}

/** A program that is killed right after a reply has come has not written it down. */
function isInDoubt({ at, isAnswered }: Post, kills: readonly number[]): boolean {
  return !isAnswered || kills.some((killedAt) => killedAt >= at && killedAt - at < WRITTEN_DOWN_BY_MS);
}

function describe({ person, plan }: Story, { pictures, asked }: SentPhotos, inbox: InboxReader): string {
  const shown = asked.answers().map(({ text }) => text.slice(0, 60).replaceAll('\n', ' '));
  const who = `${person.platform} ${person.id} (${plan.will}, forgets ${plan.forgets})`;
  const jobs = asked.keys.map((key) => `${key} ${JSON.stringify(inbox.jobOf(key))}`);
  return `${who}, pictures ${pictures.join(' ')}: ${shown.join(' | ') || 'nothing'}; ${jobs.join('; ')}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
