import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { pseudonym } from '../../support/archive-event.ts';
import { jpegEvent, openArchiveScene } from '../../support/aws/archive-scene.ts';
import { runProgram } from '../../support/run-program.ts';

/** Loads a function as AWS does, gives it what comes on stdin, and prints its answer as the last line. */
const RUN = `
import { json } from 'node:stream/consumers';
const { handler } = await import(process.argv[1]);
process.stdout.write(JSON.stringify(await handler(await json(process.stdin))) + '\\n');
process.exit();`;

async function runBundle(file: string, env: Readonly<Record<string, string>>, event: object) {
  const argv = ['--input-type=module', '-e', RUN, file];
  const child = spawn(process.execPath, argv, { cwd: tmpdir(), env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(event));
  const [printed] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return printed
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

it('makes one file of each function, which does what the function does', async () => {
  const { aws } = await openArchiveScene();
  const folder = await mkdtemp(join(tmpdir(), 'vibe-bundles-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const bundled = await runProgram([folder], { start: 'deploy/archive/bundle.ts' });
  expect([bundled.code, bundled.stderr]).toEqual([0, '']);
  expect(bundled.stdout).toMatch(/archive-lambda\.mjs \d+ KiB\n.*erase-lambda\.mjs \d+ KiB\n$/);
  expect((await readdir(folder)).sort()).toEqual(['archive-lambda.mjs', 'erase-lambda.mjs']);

  const event = jpegEvent('cat', 'ann');
  const archived = await runBundle(join(folder, 'archive-lambda.mjs'), aws.functionSettings, event);
  expect(archived).toMatchObject([
    { level: 'info', status: 'stored' },
    { status: 'stored', sha256: event.sha256, created: true },
  ]);
  expect(aws.objects.size).toBe(2);
  const person = { version: 1, pseudonym: pseudonym('ann') };
  const erased = await runBundle(join(folder, 'erase-lambda.mjs'), aws.functionSettings, person);
  expect(erased.at(-1)).toEqual({ status: 'erased', records: 1, images: 1 });
  expect(aws.objects.size).toBe(0);
});
