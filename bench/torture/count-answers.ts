import { isWhole } from './is-whole.ts';
import type { SentPhotos, Story } from './story.ts';

/** What has become of what people asked. */
export interface AnswerFigures {
  /** Photos that were accepted, and messages with photos: an album is one. */
  readonly photos: number;
  readonly messages: number;
  readonly answered: number;
  /** Of messages with photos that have no answer, or one whose words are still to come: what their people see in its place. */
  readonly unanswered: readonly string[];
  /** Answers beyond the first one; and those of them that no lost reply to a post explains. */
  readonly secondCopies: number;
  readonly unexplainedCopies: number;
  readonly neverAccepted: number;
  readonly askedAgain: number;
  readonly votes: number;
}

export function countAnswers(stories: readonly Story[]): AnswerFigures {
  const sent = stories.flatMap((story) => story.sent);
  const copies = stories.map(copiesOf);
  return {
    photos: sum(sent.map(({ pictures }) => pictures.length)),
    messages: sent.length,
    answered: sent.filter(isAnswered).length,
    unanswered: stories.flatMap((story) =>
      story.sent.filter((one) => !isAnswered(one)).map((one) => describe(story, one)),
    ),
    secondCopies: sum(copies),
    unexplainedCopies: sum(
      stories.map(({ person }, index) => Math.max(0, (copies[index] ?? 0) - person.unansweredPosts())),
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

function describe({ person, plan }: Story, { pictures, asked }: SentPhotos): string {
  const shown = asked.answers().map(({ text }) => text.slice(0, 60).replaceAll('\n', ' '));
  const who = `${person.platform} ${person.id} (${plan.will}, forgets ${plan.forgets})`;
  return `${who}, pictures ${pictures.join(' ')}: ${shown.join(' | ') || 'nothing'}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
