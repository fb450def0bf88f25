import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Outputs, StackName } from '../../../deploy/cloud/cdk-deploy.ts';
import { startFakeAws } from '../../support/aws/fake-aws.ts';
import { runProgram } from '../../support/run-program.ts';
import { RELEASE } from './release-name.ts';
import { startFakeCloudFormation } from './start-fake-cloudformation.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vibe-cloud-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** Nobody's credentials, and no machine of AWS to ask for some. */
const NO_ACCOUNT = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
};

async function run(program: 'synth' | 'deploy', args: readonly string[], env: Record<string, string> = {}) {
  const start = `deploy/cloud/${program}.ts`;
  const ended = await runProgram(args, { cwd: folder, env: { ...NO_ACCOUNT, ...env }, start });
  return { ...ended, lines: ended.stdout.split('\n').slice(0, -1) };
}

/** A context of its own, whatever lies in the checkout. */
async function contextOf(context: object): Promise<readonly string[]> {
  const file = join(folder, 'context.json');
  await writeFile(file, JSON.stringify(context));
  return ['--context', file, '--out', join(folder, 'out')];
}

it('makes the whole system’s templates without an account, and lists what is in them', async () => {
  const { code, stderr, lines } = await run('synth', await contextOf({}));
  expect([code, stderr]).toEqual([0, '']);
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^VibeStorage: \d+ resources$/),
      expect.stringMatching(/^ {2}2 AWS::S3::Bucket: Archive\w{8}, Artifacts\w{8}$/),
      expect.stringMatching(/^ {2}2 AWS::Lambda::Function: ArchiveFunction\w{8}, EraseFunction\w{8}$/),
      expect.stringMatching(/^VibeBot: \d+ resources$/),
      expect.stringMatching(/^ {2}1 AWS::AutoScaling::AutoScalingGroup: Group\w+$/),
    ]),
  );
  expect(lines.at(-1)).toBe(`Templates: ${join(folder, 'out')}`);
  const files = await readdir(join(folder, 'out'));
  expect(files).toEqual(expect.arrayContaining(['VibeStorage.template.json', 'VibeBot.template.json']));
  const [asset = ''] = files.filter((file) => file.startsWith('asset.'));
  expect((await readdir(join(folder, 'out', asset))).sort()).toEqual([
    ...['archive-lambda.mjs', 'erase-lambda.mjs'],
  ]);
});

it('shows the steps of a deployment, and stops before AWS', async () => {
  const args = [...(await contextOf({ region: 'eu-west-1' })), '--dry-run'];
  const { code, stderr, lines } = await run('deploy', args, { CDK_VALIDATION: 'false' });
  expect([code, stderr]).toEqual([0, '']);
  expect(lines).toEqual([
    '1. Build a release of the last commit',
    `2. Make the templates in ${join(folder, 'out')}`,
    expect.stringMatching(/^3\. cdk deploy VibeStorage .*\/out .*\(eu-west-1\)$/),
    '4. Put the release in the artifacts bucket',
    expect.stringMatching(/^5\. cdk deploy VibeBot .*\/out .*\(eu-west-1\)$/),
    'Only shown: the templates are made, and nothing was sent to AWS.',
  ]);
});

it('shows the steps back to an earlier release', async () => {
  const args = [...(await contextOf({})), '--dry-run', '--release', RELEASE];
  const { code, lines } = await run('deploy', args, { CDK_VALIDATION: 'false' });
  expect([code, lines[0], lines[3]]).toEqual([
    0,
    `1. Look for release ${RELEASE} in the artifacts bucket`,
    '4. Leave the release where it is',
  ]);
});

it('says in one line that there are no credentials', async () => {
  const ended = await run('deploy', [...(await contextOf({})), '--release', RELEASE]);
  expect(ended).toMatchObject({
    ...{ code: 2, stdout: '' },
    stderr: 'there are no AWS credentials: `aws configure` makes them\n',
  });
});

/** What is deployed in an account of ours: a release to go back to, and these stacks. */
async function openAccount(stacks: Partial<Record<StackName, Outputs>>): Promise<Record<string, string>> {
  const [aws, cloudFormation] = await Promise.all([startFakeAws(), startFakeCloudFormation()]);
  onTestFinished(async () => {
    await Promise.all([aws.close(), cloudFormation.close()]);
  });
  aws.put(`releases/${RELEASE}`, Buffer.from('a release'));
  for (const [name, outputs] of Object.entries(stacks)) cloudFormation.stacks.set(name as StackName, outputs);
  return {
    ...{ ...aws.accountSettings, AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url },
    ...{ HOME: folder, CDK_VALIDATION: 'false' },
  };
}

it('stops at the first stack that AWS’s command line cannot deploy, and lets it tell nobody of that', async () => {
  const account = await openAccount({ VibeStorage: { ArtifactsBucketName: 'vibe-archive' } });
  const spy = join(folder, 'spy.mjs');
  const started = join(folder, 'started');
  const note = `appendFileSync(${JSON.stringify(started)}, process.argv.slice(1).join(' ') + '\\n');`;
  await writeFile(spy, `import { appendFileSync } from 'node:fs'; ${note}`);
  const args = [...(await contextOf({})), '--release', RELEASE];
  const { code, stderr, stdout, lines } = await run('deploy', args, {
    ...account,
    NODE_OPTIONS: `--import=${spy}`,
  });
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe('cdk could not deploy VibeStorage');
  expect(lines.at(-1)).toMatch(/^3\. cdk deploy VibeStorage/);
  expect(lines).toContainEqual(expect.stringMatching(/^VibeBot: \d+ resources$/));
  expect(stdout + stderr).not.toContain(account['AWS_SECRET_ACCESS_KEY']);
  const ofCdk = (await readFile(started, 'utf8'))
    .split('\n')
    .filter((line) => line.includes('aws-cdk/bin/cdk'));
  expect(ofCdk).toEqual([expect.stringMatching(/ deploy VibeStorage .* --no-telemetry /)]);
});

it('does not give a bot an empty volume in place of the one that AWS has it on', async () => {
  const VibeBot = { StateVolumeId: 'vol-0aaa', StateOrigin: '"zone":2,"snapshot":"snap-0aaa"' };
  const account = await openAccount({ VibeStorage: { ArtifactsBucketName: 'vibe-archive' }, VibeBot });
  const args = [...(await contextOf({ zone: 2 })), '--release', RELEASE];
  const { code, stdout, stderr } = await run('deploy', args, account);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^the bot's state is on vol-0aaa, .* put "zone":2,"snapshot":"snap-0aaa" into /);
});

it('says in one line how to call it, or what is wrong with the context', async () => {
  const usage = '[--context <file.json>] [--release <name>] [--out <folder>]';
  const deployUsage = `Usage: npm run cloud:deploy -- ${usage} [--dry-run]\n`;
  const synthUsage = `Usage: npm run cloud:synth -- ${usage}\n`;
  const wrong = [
    ['--now'],
    ['VibeBot'],
    ['--release', 'latest'],
    ['--context'],
    ['--release', `../${RELEASE}`],
  ];
  for (const args of wrong) {
    expect(await run('deploy', args)).toMatchObject({ code: 2, stdout: '', stderr: deployUsage });
  }
  expect(await run('deploy', ['--help'])).toMatchObject({ code: 0, stdout: deployUsage, stderr: '' });
  expect(await run('synth', ['-h'])).toMatchObject({ code: 0, stdout: synthUsage, stderr: '' });
  const context = await contextOf({ zone: 9 });
  const complaint = `${context[1]}: unusable values: zone\n`;
  expect(await run('synth', context)).toMatchObject({ code: 2, stdout: '', stderr: complaint });
});
