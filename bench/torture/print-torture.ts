import type { TortureResult } from './run-torture.ts';

/** What was done, and what was found. */
export function printTorture(result: TortureResult): void {
  const { answers, jobs, archive, faults, memory } = result;
  console.table(Object.fromEntries(faults));
  console.table({
    'programs killed': result.kills,
    'photos accepted': answers.photos,
    'messages with photos accepted (an album is one)': answers.messages,
    'of them answered, with genre and words': answers.answered,
    'of them shown without words, after posts whose replies were lost': answers.givenUp,
    'second copies': answers.secondCopies,
    'of them without a lost reply that explains them': answers.unexplainedCopies,
    'possible duplicates that programs had counted when they died': result.possibleDuplicates,
    'requests that died with a program (asked again)': answers.neverAccepted,
    'requests without an answer for long (asked again)': answers.askedAgain,
    'requests not finished': jobs.unfinished,
    'programs that died with the same request in hand, at most': jobs.mostDeaths,
    'photos owed to the archive': archive.owed,
    'of them kept, once, byte for byte': archive.kept,
    'images in the archive': archive.images,
    'records in the archive': archive.records,
    'votes given': answers.votes,
    'of them owed to the archive': archive.votes,
    'left of people who said no, nothing, or to forget them': archive.left.length + result.traces.length,
    'people who asked to be forgotten': result.forgotten,
    'records of theirs that were deleted': archive.erased.records,
    'images that nobody else had, deleted': archive.erased.images,
    'of them told that nothing is left': result.told,
    'lines that are no JSON or have a secret': result.lines.length,
    'MiB of the last program': memory.now,
    'MiB of the last program at most': memory.peak,
    'its exit code': result.exitCode,
    seconds: result.seconds,
  });
  for (const [what, count] of Object.entries(jobs.dead)) console.log(`given up (${what}): ${count}`);
  console.log(
    'A second copy is a post whose reply was lost, to a kill or on its way: it is posted once more, for none would be worse.',
  );
}
