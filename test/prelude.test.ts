import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
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

  it.each([{}, { MALLOC_ARENA_MAX: '2' }])(
    'keeps onnxruntime from making an id for the machine in the home folder: %o',
    async (env) => {
      const home = await mkdtemp(join(tmpdir(), 'vibe-home-'));
      onTestFinished(() => rm(home, { recursive: true }));
      const argv = ['--import', `${REPOSITORY}src/prelude.js`, `${REPOSITORY}src/main.ts`, 'vibe', '--json'];
      const photo = `${REPOSITORY}test/fixtures/photos/coffee.jpg`;
      const out = ['--out', join(home, 'out'), photo];
      const program = spawn(process.execPath, [...argv, ...out], { env: { ...env, HOME: home } });
      const [text] = await Promise.all([program.stdout.toArray(), once(program, 'close')]);
      expect(JSON.parse(Buffer.concat(text).toString())).toMatchObject({ genre: expect.any(String) });
      expect(await readdir(home)).toEqual(['out']);
    },
  );
});
