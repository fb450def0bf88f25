import { isIdle } from '../torture/is-idle.ts';
import type { World } from '../torture/world.ts';
import type { Fleet, Instance } from './fleet.ts';

export interface ReplaceOptions {
  /** What becomes of the first instance: EC2 gives notice, or it is gone from one moment to the next. */
  readonly end: 'rebalance' | 'interruption' | 'kill';
  /**
   * own: a second instance with a volume of its own stands by. moves: the second one gets the first one's, as on AWS, and
   * waits until it is free.
   */
  readonly volume: 'own' | 'moves';
  /** Whether photos on Telegram cannot be fetched any more from shortly before the end on: they are left on the volume. */
  readonly isStuck: boolean;
}

export interface ReplaceFigures {
  /** Of the first instance; null: it was killed. */
  readonly exitCode: number | null;
  /** null for one that was killed. */
  readonly noticeSeenAfterMs: number | null;
  readonly drainedInMs: number | null;
  /** Whether it has left something that was accepted on its volume. */
  readonly isLeft: boolean;
  /** From the end of the first one until the second one answers on both platforms. */
  readonly takeoverAfterMs: number;
}

const SEEN = 'EC2 takes this instance away';

/** Lets the first instance go, and the second one take over. */
export async function replaceFirst(
  first: Instance,
  { world, fleet }: { readonly world: World; readonly fleet: Fleet },
  { end, volume, isStuck }: ReplaceOptions,
): Promise<ReplaceFigures & { readonly second: Instance }> {
  const starting = volume === 'own' ? await standBy(fleet) : null;
  const letGo = isStuck ? await holdPhotos(world) : () => {};
  const told = performance.now();
  const seen = end === 'kill' ? null : first.program.printed(SEEN).then(() => performance.now());
  if (end === 'kill') first.program.child.kill('SIGKILL');
  else if (end === 'rebalance') first.imds.recommendRebalance();
  else first.imds.interrupt();
  const seenAt = await seen;
  // one that has not got the volume yet does not listen
  const next = starting === null ? fleet.start('first') : Promise.resolve(starting);
  const exitCode = await first.program.ended;
  const endedAt = performance.now();
  const isLeft = !isIdle(fleet.folderOf('first'));
  letGo();
  if (end === 'kill') world.discord.gateway.forgetSessions(); // nobody is left who knows how to resume them
  const second = await next;
  await answersOn(second);
  return {
    second,
    exitCode,
    isLeft,
    noticeSeenAfterMs: seenAt === null ? null : seenAt - told,
    drainedInMs: seenAt === null ? null : endedAt - seenAt,
    takeoverAfterMs: performance.now() - endedAt,
  };
}

/** Resolves when it answers on both platforms. */
export async function answersOn({ program }: Instance): Promise<void> {
  const isOn = ['Telegram', 'Discord'].map((platform) => program.printed(`"message":"${platform} is on"`));
  const ended = program.ended.then((code) => {
    throw new Error(`ended with ${code} before it answered:\n${program.lines.join('\n')}`);
  });
  await Promise.race([Promise.all(isOn), ended]);
}

async function standBy(fleet: Fleet): Promise<Instance> {
  const second = await fleet.start('second');
  await second.program.printed('another instance holds the lease');
  return second;
}

/** Resolves when there is one that is being fetched, with what lets them go. */
async function holdPhotos({ telegram }: World): Promise<() => void> {
  const { length: after } = telegram.calls;
  const release = telegram.hold('getFile');
  await telegram.waitForCall('getFile', { after, unanswered: true });
  return release;
}
