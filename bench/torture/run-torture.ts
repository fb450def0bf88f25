import { createPersonOf } from '../../src/create-person-of.ts';
import { LANGUAGES } from '../../src/languages/languages.ts';
import { createMac } from '../../src/services/signing-keys.ts';
import { randomNumbers } from '../../test/support/telegram-texts.ts';
import { checkLines } from './check-lines.ts';
import { type AnswerFigures, countAnswers } from './count-answers.ts';
import { type ArchiveFigures, countArchive } from './count-archive.ts';
import { countJobs, type JobFigures } from './count-jobs.ts';
import { failInTurn } from './fail-in-turn.ts';
import { findTraces } from './find-traces.ts';
import { isIdle } from './is-idle.ts';
import { makeKeptCopies } from './kept-copies.ts';
import { killAtRandom } from './kill-at-random.ts';
import { liveStory } from './live-story.ts';
import { makePictures } from './make-pictures.ts';
import { openStories } from './open-stories.ts';
import type { Asked } from './person.ts';
import { ProgramKeeper } from './program-keeper.ts';
import { createInboxReader, type InboxJob, type InboxReader } from './read-inbox.ts';
import type { Story } from './story.ts';
import { until } from './until.ts';
import { openWorld, type World } from './world.ts';

export interface TortureOptions {
  /** As many for each of the users. */
  readonly photos: number;
  readonly users: number;
  readonly kills: number;
  /** The same for the same seed: pictures, plans, and when programs are killed; not what that does. */
  readonly seed: number;
  /** For all of it, in milliseconds: what is not done by then is lost. */
  readonly limitMs: number;
  /** Told how far it is. */
  tell(line: string): void;
}

export interface TortureResult {
  readonly kills: number;
  /** How often each fault was there. */
  readonly faults: ReadonlyMap<string, number>;
  readonly answers: AnswerFigures;
  readonly jobs: JobFigures;
  readonly archive: ArchiveFigures;
  /** People who asked to be forgotten, and of them those who were told that nothing is left. */
  readonly forgotten: number;
  readonly told: number;
  /** Of people who asked to be forgotten. */
  readonly traces: readonly string[];
  /** What is wrong with what was printed. */
  readonly lines: readonly string[];
  /** Calls that no platform would have taken. */
  readonly violations: readonly string[];
  readonly possibleDuplicates: number;
  /** Of the last program, when it is told to stop. */
  readonly exitCode: number | null;
  readonly memory: { readonly now: number; readonly peak: number };
  readonly seconds: number;
}

interface Scene {
  readonly world: World;
  readonly program: ProgramKeeper;
  readonly inbox: InboxReader;
  readonly stories: readonly Story[];
  readonly pictures: readonly Uint8Array[];
  readonly options: TortureOptions;
  readonly limit: AbortSignal;
}

/** Opens all that the program talks to, and people; kills it while they live and services fail; heals, waits, counts. */
export async function runTorture(options: TortureOptions): Promise<TortureResult> {
  await using closing = new AsyncDisposableStack();
  const began = performance.now();
  const world = await openWorld();
  closing.defer(() => world.close());
  const { settings, discord } = world;
  const died = () => discord.gateway.forgetSessions(); // nobody is left who knows how to resume them
  const program = new ProgramKeeper({ settings, died });
  closing.defer(() => program.close());
  const inbox = createInboxReader(world.stateFolder);
  closing.defer(async () => inbox.close());
  const stories = openStories({ world, inbox, run: () => program.run, ...options });
  const pictures = await makePictures(options.photos, randomNumbers(options.seed));
  const scene = {
    world,
    program,
    inbox,
    stories,
    pictures,
    options,
    limit: AbortSignal.timeout(options.limitMs),
  };
  await program.start();
  const during = await torment(scene);
  options.tell('all is healed: what was accepted is waited for');
  await unlessOver(
    until(() => isIdle(world.stateFolder), scene.limit),
    scene.limit,
  );
  const memory = await program.memory();
  const exitCode = await program.stop();
  const seconds = Math.round((performance.now() - began) / 1000);
  return { ...during, ...(await count(scene)), memory, exitCode, seconds };
}

async function torment({
  world,
  program,
  inbox,
  stories,
  pictures,
  options,
  limit,
}: Scene): Promise<Pick<TortureResult, 'kills' | 'faults'>> {
  const { seed, kills, tell } = options;
  let killed = 0;
  const healed = new AbortController();
  const failing = failInTurn({ world, random: randomNumbers(seed + 1), signal: healed.signal });
  const progress = () => killed / kills;
  const isFinished = ({ keys }: Asked) => keys.every((key) => isThrough(inbox.jobOf(key)));
  const life = { pictures, progress, isFinished, signal: limit };
  const lives = stories.map((story) => liveStory(story, life));
  const living = unlessOver(Promise.all(lives), limit);
  const done = (count: number) => {
    killed = count;
    if (count % 10 === 0) tell(`killed ${count} times`);
  };
  const killing = killAtRandom({
    program,
    kills,
    random: randomNumbers(seed + 2),
    killed: done,
    signal: limit,
  });
  await unlessOver(killing, limit);
  healed.abort();
  const faults = await failing;
  await living;
  return { kills: killed, faults };
}

function isThrough(job: InboxJob | null): boolean {
  return job?.state === 'done' || job?.state === 'dead';
}

/** What is cut off when all time is over, shows in the figures. */
async function unlessOver(work: Promise<unknown>, limit: AbortSignal): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!limit.aborted) throw error;
  }
}

async function count({
  world,
  program,
  inbox,
  stories,
  pictures,
}: Scene): Promise<Omit<TortureResult, 'kills' | 'faults' | 'memory' | 'exitCode' | 'seconds'>> {
  const { stateFolder, signingSecret, secrets, aws, telegram, discord, openai } = world;
  const personOf = createPersonOf(createMac(new TextEncoder().encode(signingSecret), 'pseudonyms'));
  const pseudonymOf = ({ person: { platform, id } }: Story) => personOf(platform, id).pseudonym;
  const copies = await makeKeptCopies(pictures);
  const forgotten = stories.filter(({ hasForgotten }) => hasForgotten);
  return {
    answers: countAnswers(stories, inbox, program.kills),
    jobs: countJobs(stateFolder),
    archive: await countArchive({ stories, copies, aws, pseudonymOf }),
    forgotten: forgotten.length,
    told: forgotten.filter(isTold).length,
    traces: await findTraces({ stories, stateFolder, pseudonymOf }),
    lines: checkLines([...program.lines, ...aws.printed], secrets),
    violations: [...telegram.violations, ...discord.violations, ...openai.violations].map((one) =>
      typeof one === 'string' ? one : `${one.method}: ${one.description}`,
    ),
    possibleDuplicates: program.possibleDuplicates,
  };
}

function isTold({ person }: Story): boolean {
  return person.messages().some(({ text }) => text.includes(LANGUAGES.en.privacy.forget.all));
}
