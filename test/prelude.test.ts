import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from './support/run-program.ts';

const SCRIPT =
  'console.log(JSON.stringify([process.pid, process.env.MALLOC_ARENA_MAX, process.argv.slice(1)]))';

async function run(env: Record<string, string>) {
  const program = spawn(
    process.execPath,
    ['--import', `${REPOSITORY}src/prelude.js`, '-e', SCRIPT, 'one', 'two words'],
    { env },
  );
  const [pid, arenas, argv] = JSON.parse(Buffer.concat(await program.stdout.toArray()).toString());
  return { samePid: pid === program.pid, arenas, argv };
}

describe.runIf(process.platform === 'linux')('the prelude', () => {
  it('starts the program over with two malloc arenas, as the same process with the same arguments', async () => {
    expect(await run({})).toEqual({ samePid: true, arenas: '2', argv: ['one', 'two words'] });
  });

  it('leaves alone what was chosen', async () => {
    expect(await run({ MALLOC_ARENA_MAX: '8' })).toMatchObject({ samePid: true, arenas: '8' });
  });
});
