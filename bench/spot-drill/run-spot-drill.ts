import { sleep } from '../../src/services/sleep.ts';
import { randomNumbers } from '../../test/support/telegram-texts.ts';
import { isIdle } from '../torture/is-idle.ts';
import { isWhole } from '../torture/is-whole.ts';
import { makePictures } from '../torture/make-pictures.ts';
import type { Asked } from '../torture/person.ts';
import { until } from '../torture/until.ts';
import { openWorld } from '../torture/world.ts';
import { type Fleet, type Instance, openFleet } from './fleet.ts';
import { openPeople } from './open-people.ts';
import { answersOn, type ReplaceFigures, type ReplaceOptions, replaceFirst } from './replace-first.ts';
import { sendOn } from './send-on.ts';

export interface SpotDrillOptions extends ReplaceOptions {
  readonly people: number;
  /** For all of it, in milliseconds. */
  readonly limitMs: number;
}

export interface SpotDrillResult extends ReplaceFigures {
  /** Photos that were accepted, and how often they were answered. */
  readonly photos: number;
  readonly once: number;
  readonly twice: number;
  readonly lost: number;
  /** How often Telegram would not let one of them poll, as when another one does. */
  readonly conflicts: number;
  /** Of the instances after the first one, told to stop. */
  readonly laterExitCodes: readonly (number | null)[];
  /** Calls that no platform would have taken. */
  readonly violations: number;
}

const PICTURES = 40;
const SEED = 1;
/** How long people go on with the first instance alone, and with the second one. */
const GOES_ON_MS = 5000;

const NOT_POLLED = '"message":"updates cannot be had"';

/**
 * People send photos all the time while the first instance goes and the second one takes over; what the first one has left
 * is taken up by whoever has its volume then. Rejects when time is over.
 */
export async function runSpotDrill(options: SpotDrillOptions): Promise<SpotDrillResult> {
  await using closing = new AsyncDisposableStack();
  const signal = AbortSignal.timeout(options.limitMs);
  const world = await openWorld();
  closing.defer(() => world.close());
  const fleet = await openFleet(world);
  closing.defer(() => fleet.close());
  const first = await fleet.start('first');
  await answersOn(first);
  let isOver = false;
  const pictures = await makePictures(PICTURES, randomNumbers(SEED));
  const life = { pictures, isOver: () => isOver, signal };
  const living = Promise.all(openPeople(options.people, world, fleet).map((one) => sendOn(one, life)));
  living.catch(() => {}); // it is waited for below
  await sleep(GOES_ON_MS, signal);
  const { second, ...figures } = await replaceFirst(first, { world, fleet }, options);
  await sleep(GOES_ON_MS, signal);
  isOver = true;
  const accepted = (await living).flat();
  const laterExitCodes = await finish(second, fleet, options, signal);
  const { telegram, discord } = world;
  return {
    ...figures,
    ...count(accepted),
    conflicts: fleet.lines().filter((line) => line.includes(NOT_POLLED)).length,
    laterExitCodes,
    violations: telegram.violations.length + discord.violations.length,
  };
}

/** Waits until nothing is left on any volume, and tells those that run to stop: their exit codes. */
async function finish(
  second: Instance,
  fleet: Fleet,
  { volume }: SpotDrillOptions,
  signal: AbortSignal,
): Promise<(number | null)[]> {
  if (volume === 'moves') {
    await until(() => isIdle(fleet.folderOf('first')), signal);
    return [await second.program.stop('SIGTERM')];
  }
  await until(() => isIdle(fleet.folderOf('second')), signal);
  const codes = [await second.program.stop('SIGTERM')];
  const third = await fleet.start('first');
  await answersOn(third);
  await until(() => isIdle(fleet.folderOf('first')), signal);
  return [...codes, await third.program.stop('SIGTERM')];
}

function count(accepted: readonly Asked[]): Pick<SpotDrillResult, 'photos' | 'once' | 'twice' | 'lost'> {
  const times = accepted.map((asked) => asked.answers().filter(isWhole).length);
  return {
    photos: times.length,
    once: times.filter((answers) => answers === 1).length,
    twice: times.filter((answers) => answers > 1).length,
    lost: times.filter((answers) => answers === 0).length,
  };
}
