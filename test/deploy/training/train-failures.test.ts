import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  asArtifact,
  BUCKET,
  openTrainingScene,
  ROLE,
  type TrainingScene,
  trainedFiles,
} from '../../support/training-scene.ts';

const START = 'deploy/training/train.ts';
const JOB = 'vibe-test';

let scene: TrainingScene;
let out: string;

beforeEach(async () => {
  scene = await openTrainingScene();
  scene.aws.put('training/data/labels.tsv', Buffer.from('id\tgenre\n'));
  out = join(scene.folder, 'model');
});

const train = (...more: readonly string[]) =>
  scene.run(START, [
    '--bucket',
    BUCKET,
    '--role',
    ROLE,
    '--name',
    JOB,
    '--out',
    out,
    '--every',
    '0.01',
    ...more,
  ]).ended;
const failed = (complaint: RegExp, code = 1) => ({
  code,
  stdout: expect.any(String),
  stderr: expect.stringMatching(complaint),
});
const methods = () => scene.aws.calls.map(({ method }) => method);

function ends(stage: Partial<TrainingScene['aws']['trainingJobs']['stages'][number]>): void {
  scene.aws.trainingJobs.stages = [{ status: 'Completed', detail: 'Completed', ...stage }];
}

describe('npm run cloud:train, when something is wrong', () => {
  it('says why a job has failed', async () => {
    ends({ status: 'Failed', detail: 'Failed', failureReason: 'AlgorithmError:\n no jazz' });
    expect(await train()).toEqual(failed(/^vibe-test has failed: AlgorithmError:\ufffd no jazz\n$/));
  });

  it('says how to go on from a job that was stopped', async () => {
    ends({ status: 'Stopped', detail: 'MaxWaitTimeExceeded' });
    expect(await train()).toEqual(failed(/was stopped \(MaxWaitTimeExceeded\).*--checkpoints-of vibe-test/));
  });

  const tampered: readonly [string, (files: Map<string, Buffer>) => unknown, RegExp][] = [
    ['another network', (files) => files.get('genre.onnx')?.fill(7, 5000, 5001), /refused: .*sha256 differs/],
    ['a broken description', (files) => files.set('genre.json', Buffer.from('{}')), /refused: genre\.json: /],
    ['no network', (files) => files.delete('genre.onnx'), /refused: genre\.onnx cannot be read/],
    ['no figures', (files) => files.delete('metrics.json'), /no metrics\.json/],
    ['other answers', (files) => answerOtherwise(files, 'logits'), /says other things here/],
    ['other heatmaps', (files) => answerOtherwise(files, 'map'), /says other things here/],
    ['nothing to compare', withoutGoldens, /no goldens of photos/],
    ['nothing to compare with', (files) => files.delete('inputs/cat.png'), /no inputs\/cat\.png/],
    ['a broken picture', (files) => files.get('inputs/cat.png')?.fill(0), /no readable inputs\/cat\.png/],
    [
      'a broken golden',
      (files) => files.set('goldens/cat.json', Buffer.from('{}')),
      /cat\.json is no golden/,
    ],
  ];
  it.each(tampered)('refuses a result with %s, and leaves nothing of it', async (_, tamper, complaint) => {
    ends({});
    const files = await trainedFiles();
    tamper(files);
    scene.aws.trainingJobs.artifact = asArtifact(files);
    expect(await train()).toEqual(failed(complaint));
    expect(await readdir(scene.folder)).toEqual([]);
  });

  it('refuses a result that is cut off', async () => {
    ends({});
    scene.aws.trainingJobs.artifact = asArtifact(await trainedFiles()).subarray(0, 1_000_000);
    expect(await train()).toEqual(failed(/cannot be unpacked: Z_BUF_ERROR/));
  });

  it.each([
    ['ResourceLimitExceeded', /the account has no such machine left.*\(ResourceLimitExceeded\)\n$/, 1],
    ['AccessDeniedException', /AWS does not allow it \(AccessDeniedException\)\n$/, 1],
    ['ExpiredTokenException', /the AWS credentials have expired/, 2],
  ])('says what %s means', async (code, complaint, exit) => {
    scene.aws.fail({ kind: 'refuse', code, method: 'CreateTrainingJob' });
    expect(await train()).toEqual(failed(complaint, exit));
    expect(methods()).not.toContain('DescribeTrainingJob');
  });

  it('takes a job for its own whose answer was lost', async () => {
    ends({ status: 'Failed' });
    scene.aws.fail({ kind: 'drop-reply', method: 'CreateTrainingJob' });
    expect(await train()).toEqual(failed(/vibe-test has failed/));
    expect(methods().filter((method) => method === 'CreateTrainingJob')).toHaveLength(2);
  });

  it('starts nothing where the data is not in the bucket', async () => {
    scene.aws.markDeleted('training/data/labels.tsv');
    expect(await train()).toEqual(failed(/^AWS refuses it: /, 2));
  });

  it.each([
    ['without a bucket', ['--role', ROLE], /^usage: /, 2],
    ['without a role', ['--bucket', BUCKET], /^usage: /, 2],
    ['a name that is none', ['--bucket', BUCKET, '--role', ROLE, '--name', 'a_b'], /^usage: /, 2],
    ['a place in the container', ['--bucket', BUCKET, '--role', ROLE, '--', '--work', '/tmp'], /^usage: /, 2],
    ['half a pair', ['--bucket', BUCKET, '--role', ROLE, '--', '--epochs'], /^usage: /, 2],
    [
      'an unknown argument',
      ['--bucket', BUCKET, '--role', ROLE, '--', '--epoch', '3'],
      /takes no --epoch\n/,
      1,
    ],
  ])('takes nothing but what it knows: %s', async (_, args, complaint, code) => {
    expect(await scene.run(START, args).ended).toEqual(failed(complaint, code));
    expect(scene.aws.calls).toEqual([]);
  });

  it.each([
    ['AWS_REGION', /^AWS_REGION is not set\n$/],
    ['AWS_ACCESS_KEY_ID', /^there are no AWS credentials \(CredentialsProviderError\)\n$/],
  ])('says what is missing: %s', async (name, complaint) => {
    const { [name]: _, ...settings } = scene.aws.accountSettings;
    const env = { ...settings, AWS_EC2_METADATA_DISABLED: 'true' };
    const args = ['--bucket', BUCKET, '--role', ROLE, '--out', out];
    expect(await scene.run(START, args, env).ended).toEqual(failed(complaint, 2));
    expect(scene.aws.calls).toEqual([]);
  });

  it('writes over nothing', async () => {
    expect(await train('--out', scene.folder)).toEqual(failed(/is there already: name another folder/));
    expect(scene.aws.calls).toEqual([]);
    expect(existsSync(out)).toBe(false);
  });
});

/** The trained network said something else of a photo than genre.onnx does. */
function answerOtherwise(files: Map<string, Buffer>, what: 'logits' | 'map'): void {
  const golden = JSON.parse(files.get('goldens/cat.json')?.toString() ?? '');
  if (what === 'logits') golden.logits[0] += 0.02;
  else golden.cam.values[0] += 0.02;
  files.set('goldens/cat.json', Buffer.from(JSON.stringify(golden)));
}

function withoutGoldens(files: Map<string, Buffer>): void {
  for (const name of [...files.keys()]) if (name.startsWith('goldens/')) files.delete(name);
}
