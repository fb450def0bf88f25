import type { ArchiveScene } from './archive-scene.ts';

type Run = () => Promise<unknown>;

const ALWAYS = { times: Number.POSITIVE_INFINITY };
/** After so long nothing of a run that was cut off stands in the way of another. */
const LONG_MS = 61_000;

/** Lets the run's nth call wait (from 1, as it arrives) until the others are done; gives what it answers. The others see it only so far. */
export async function holdAt(
  { aws }: ArchiveScene,
  nth: number,
  { run, meanwhile }: { readonly run: Run; meanwhile(): Promise<void> },
): Promise<unknown> {
  const at = aws.calls.length + nth; // the function's own call comes before
  const held = aws.fail({ kind: 'stall', where: ({ index }) => index === at });
  const running = run();
  await aws.waitForCall(({ index }) => index === at, { unanswered: true });
  await meanwhile();
  held.release();
  return await running;
}

/** Ends what the run does at its nth call, which is done or is not; gives what it answers. */
export async function cutOffAt(
  { aws }: ArchiveScene,
  nth: number,
  { run, isDone }: { readonly run: Run; readonly isDone: boolean },
): Promise<unknown> {
  const at = aws.calls.length + nth;
  if (isDone) aws.fail({ kind: 'drop-reply', where: ({ index }) => index === at });
  const refused = { kind: 'refuse', code: 'AccessDenied', status: 403, ...ALWAYS } as const;
  const end = aws.fail({ ...refused, where: ({ index }) => index >= at });
  const answer = await run();
  end.release();
  return answer;
}

/** Again and again while the answer is retry, with a long time between. */
export async function untilDone({ aws }: ArchiveScene, run: Run, status: string): Promise<unknown> {
  let answer = await run();
  for (let tries = 0; tries < 3 && isRetry(answer); tries += 1) {
    aws.advance(LONG_MS);
    answer = await run();
  }
  if (statusOf(answer) !== status) throw new Error(`not ${status}: ${JSON.stringify(answer)}`);
  return answer;
}

export function isRetry(answer: unknown): boolean {
  return statusOf(answer) === 'retry';
}

/** How many calls it makes when nothing is in its way. */
export async function callsOf({ aws, made }: ArchiveScene, run: Run): Promise<number> {
  const after = aws.calls.length;
  await run();
  return made(after).length;
}

function statusOf(answer: unknown): unknown {
  return (answer as { readonly status?: unknown }).status;
}
