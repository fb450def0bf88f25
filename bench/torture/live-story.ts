import { LANGUAGES } from '../../src/languages/languages.ts';
import { isWhole } from './is-whole.ts';
import type { Asked, Shown } from './person.ts';
import type { SentPhotos, Story } from './story.ts';
import { until } from './until.ts';

export interface LiveStoryOptions {
  readonly pictures: readonly Uint8Array[];
  /** How much of the torture is over, 0 to 1: people take as long. */
  progress(): number;
  /** Whether the program is through with it, answered or given up. */
  isFinished(asked: Asked): boolean;
  readonly signal: AbortSignal;
}

/** They wait for the answers to all but so many before they send more. */
const MOST_OPEN = 2;
/** By then all photos are sent. */
const SENT_BY = 0.95;
/** After so long without an answer they ask again. */
const PATIENCE_MS = 30_000;
/** Of so many messages with photos the second one gets a vote. */
const VOTES_ONE_IN = 4;

const { privacy, chat } = LANGUAGES.en;
const THUMBS = { up: '👍', down: '👎' } as const;

/** Lives it to its end: all is sent and accepted, and asked for; answers may still be to come. Rejects with the signal's reason. */
export async function liveStory(story: Story, options: LiveStoryOptions): Promise<void> {
  const { plan, sent } = story;
  const { progress, isFinished, signal } = options;
  const isOver = (asked: Asked) => asked.answers().some(isWhole) || isFinished(asked);
  const half = Math.ceil(plan.messages.length / 2);
  let choice: SentPhotos['choice'] = 'none';
  const choose = async (first: SentPhotos | null) => {
    if (plan.will === 'silent') return;
    await say(plan.will === 'yes', first, story, options);
    choice = plan.will;
  };
  if (plan.saysIt === 'with /privacy') await choose(null);
  for (const [index, pictures] of plan.messages.entries()) {
    await until(() => progress() >= (index / plan.messages.length) * SENT_BY, signal);
    await until(() => sent.filter(({ asked }) => !isOver(asked)).length <= MOST_OPEN, signal);
    const photos = await send(pictures, choice, story, options);
    if (index === 0 && plan.saysIt === 'under an answer') await choose(photos);
    await voteOn(story, signal);
    if (index !== half || plan.forgets !== 'and goes on') continue;
    await forget(story, signal);
    choice = 'none';
  }
  await until(() => sent.every(({ asked }) => isOver(asked)), signal);
  await voteOn(story, signal);
  if (plan.forgets === 'at the end') await forget(story, signal);
}

async function send(
  numbers: readonly number[],
  choice: SentPhotos['choice'],
  story: Story,
  { pictures, signal }: LiveStoryOptions,
): Promise<SentPhotos> {
  const photos = numbers.map((number) => pictures[number] ?? new Uint8Array());
  for (;;) {
    const asked = story.person.send(photos);
    await until(() => asked.accepted() !== 'open', signal);
    const hasAnswer = () => asked.answers().length > 0; // written down, though its confirmation was lost
    if (asked.accepted() === 'yes' || hasAnswer()) {
      const one: SentPhotos = { pictures: numbers, asked, choice, vote: null };
      story.sent.push(one);
      return one;
    }
    story.neverAccepted.push(asked);
    await until(() => story.person.seesBot(), signal);
  }
}

/** Whether their photos may be kept; `first`: under whose answer they are asked, if they are. */
async function say(
  keep: boolean,
  first: SentPhotos | null,
  story: Story,
  { isFinished, signal }: LiveStoryOptions,
): Promise<void> {
  const label = keep ? privacy.buttons.keep : privacy.buttons.drop;
  const answer = () => first?.asked.answers().find(isWhole);
  if (first) await until(() => answer() !== undefined || isFinished(first.asked), signal);
  const isAsking = () => answer()?.buttons.includes(label) === true;
  if (isAsking()) {
    const press = () => story.person.press(answer() as Shown, label);
    await ask(press, () => !isAsking(), story, signal);
    if (answer()) return;
  }
  while (!(await sayWithPrivacy(keep, label, story, signal)));
}

/** False when the bot has taken its card away, as it does with what it could not be sure to have shown. */
async function sayWithPrivacy(
  keep: boolean,
  label: string,
  story: Story,
  signal: AbortSignal,
): Promise<boolean> {
  const card = (asked: Asked) => asked.answers().find(({ buttons }) => buttons.includes(label));
  const isThere = (asked: Asked) => card(asked) !== undefined;
  const asked = await ask(() => story.person.command('privacy'), isThere, story, signal);
  const isSaid = () => card(asked)?.text.includes(privacy.choice(keep, true)) === true;
  const press = () => story.person.press(card(asked) as Shown, label);
  await ask(press, () => isSaid() || !isThere(asked), story, signal);
  return isSaid();
}

async function forget(story: Story, signal: AbortSignal): Promise<void> {
  const isTaken = (asked: Asked) => asked.answers().some(({ text }) => text.includes(privacy.forget.title));
  await ask(() => story.person.command('forget'), isTaken, story, signal);
  story.hasForgotten = true;
}

/** On answers that are whole by now, 👍 and 👎 in turn. */
async function voteOn(story: Story, signal: AbortSignal): Promise<void> {
  for (const [index, one] of story.sent.entries()) {
    const answer = () => one.asked.answers().find(isWhole);
    if (index % VOTES_ONE_IN !== 1 || one.vote !== null) continue;
    const up = index % (2 * VOTES_ONE_IN) === 1;
    const thumb = up ? THUMBS.up : THUMBS.down;
    if (!answer()?.buttons.includes(thumb)) continue; // not there yet, or of somebody who was forgotten
    const press = () => story.person.press(answer() as Shown, thumb);
    const isCounted = () =>
      up ? answer()?.buttons.includes(chat.buttons.voted(thumb)) === true : asksRight(answer());
    await ask(press, () => isCounted() || answer() === undefined, story, signal);
    if (isCounted()) one.vote = { up };
  }
}

/** The card asks which genre it should have been. */
function asksRight(answer: Shown | undefined): boolean {
  return answer?.text.includes(chat.askRight) === true;
}

/** Asks until it is done: again when it was never accepted, or not answered for long. */
async function ask(
  begin: () => Asked,
  isDone: (asked: Asked) => boolean,
  story: Story,
  signal: AbortSignal,
): Promise<Asked> {
  for (;;) {
    const asked = begin();
    const patientUntil = performance.now() + PATIENCE_MS;
    const isOver = () => performance.now() > patientUntil || asked.accepted() === 'no';
    await until(() => isDone(asked) || isOver(), signal);
    await until(() => isDone(asked) || story.person.seesBot(), signal);
    if (isDone(asked)) return asked;
    if (asked.accepted() === 'no') story.neverAccepted.push(asked);
    else story.askedAgain += 1;
  }
}
