import type { TortureResult } from './run-torture.ts';

/** All that must not be, line by line; none: it has passed. */
export function lossesOf(result: TortureResult): string[] {
  const { answers, jobs, archive, forgotten, told, traces, lines, violations, exitCode } = result;
  const each = (what: string, found: readonly string[]) => found.map((one) => `${what}: ${one}`);
  return [
    ...each('not answered', answers.unanswered),
    ...(answers.unexplainedCopies > 0
      ? [`second copies without a reason: ${answers.unexplainedCopies}`]
      : []),
    ...(jobs.unfinished > 0 ? [`accepted and not finished: ${jobs.unfinished}`] : []),
    ...each('not in the archive', archive.missing),
    ...each('left in the archive', archive.left),
    ...(told < forgotten ? [`forgotten and not told: ${forgotten - told}`] : []),
    ...each('left of somebody who was forgotten', traces),
    ...each('log', lines),
    ...each('not as the platform has it', violations),
    ...(exitCode === 0 ? [] : [`exit code ${exitCode}`]),
  ];
}
