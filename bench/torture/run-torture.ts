import { LANGUAGES } from '../../src/languages/languages.ts';
import { randomNumbers } from '../../test/support/telegram-texts.ts';
import { type AnswerFigures, countAnswers, isAnswered } from './count-answers.ts';
import { createDiscordPerson } from './discord-person.ts';
import { createDiscordReplies } from './discord-replies.ts';
import { failInTurn } from './fail-in-turn.ts';
import { killAtRandom } from './kill-at-random.ts';
import { liveStory } from './live-story.ts';
import { makePictures } from './make-pictures.ts';
import type { Person } from './person.ts';
import { makePlans } from './plan.ts';
import { ProgramKeeper } from './program-keeper.ts';
import { createInboxReader } from './read-inbox.ts';
import { beginStory, type Story } from './story.ts';
import { createTelegramPerson } from './telegram-person.ts';
import { until } from './until.ts';
import { openWorld, type World } from './world.ts';

export interface TortureOptions {
  readonly photos: number;
  readonly users: number;
  readonly kills: number;
  readonly seed: number;
  /** For all of it, in milliseconds: what is not done by then counts as lost. */
  readonly limitMs: number;
}

export interface TortureResult {
  readonly kills: number;
  readonly runs: number;
  /** How often each fault was there. */
  readonly faults: ReadonlyMap<string, number>;
  readonly answers: AnswerFigures;
  readonly exitCode: number | null;
  readonly possibleDuplicates: number;
  readonly memory: { readonly now: number; readonly peak: number };
  readonly seconds: number;
}

export async function runTorture(options: TortureOptions): Promise<TortureResult> {
  const { photos, kills, seed, limitMs } = options;
  await using closing = new AsyncDisposableStack();
  const began = performance.now();
  const limit = AbortSignal.timeout(limitMs);
  const world = await openWorld();
  closing.defer(() => world.close());
  const program = new ProgramKeeper({
    settings: world.settings,
    died: () => world.discord.gateway.forgetSessions(),
  });
  closing.defer(() => program.close());
  const pictures = await makePictures(photos, randomNumbers(seed));
  const stories = openStories(world, program, options, closing);
  await program.start();
  let killed = 0;
  const healed = new AbortController();
  const failing = failInTurn({ world, random: randomNumbers(seed + 1), signal: healed.signal });
  const progress = () => killed / kills;
  const living = Promise.allSettled(
    stories.map((story, index) =>
      liveStory(story, { pictures, progress, random: randomNumbers(seed + 3 + index), signal: limit }),
    ),
  );
  await killAtRandom({
    ...{ program, kills, random: randomNumbers(seed + 2), signal: limit },
    killed: (count) => {
      killed = count;
    },
  });
  healed.abort();
  const faults = await failing;
  for (const one of await living) if (one.status === 'rejected') console.log(String(one.reason));
  console.log('lived', (performance.now() - began) / 1000);
  await until(() => isSettled(stories), limit).catch(() => {});
  console.log('settled', (performance.now() - began) / 1000);
  const memory = await program.memory();
  const exitCode = await program.stop();
  return {
    ...{ kills: killed, runs: program.run, faults, exitCode, memory },
    possibleDuplicates: program.possibleDuplicates,
    answers: countAnswers(stories),
    seconds: Math.round((performance.now() - began) / 1000),
  };
}

function openStories(
  { telegram, discord, stateFolder }: World,
  program: ProgramKeeper,
  { photos, users, seed }: TortureOptions,
  closing: AsyncDisposableStack,
): Story[] {
  const inbox = createInboxReader(stateFolder);
  closing.defer(() => inbox.close());
  const replies = createDiscordReplies(discord);
  const random = randomNumbers(seed + 1000);
  const common = { fake: discord, replies, knows: inbox.knows, run: () => program.run };
  const plans = makePlans(users, Math.floor(photos / users), random);
  return plans.map((plan, index) => {
    const person =
      index % 2 === 0
        ? createTelegramPerson(telegram)
        : createDiscordPerson({ ...common, asksByCommand: () => random(2) === 0 });
    return beginStory(person, plan);
  });
}

function isSettled(stories: readonly Story[]): boolean {
  return stories.every(
    ({ sent, hasForgotten, person }) => sent.every(isAnswered) && (!hasForgotten || isTold(person)),
  );
}

function isTold(person: Person): boolean {
  return person.messages().some(({ text }) => text.includes(LANGUAGES.en.privacy.forget.all));
}
