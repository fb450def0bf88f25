import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { followJob } from '../../../deploy/training/follow-job.ts';
import { startJob } from '../../../deploy/training/start-job.ts';
import { trainingJob } from '../../../deploy/training/training-job.ts';
import { CREDENTIALS, REGION } from '../../support/aws/aws-account.ts';
import { BUCKET, openTrainingScene, ROLE, type TrainingScene } from '../../support/training-scene.ts';

const JOB = 'vibe-test';
const WAYS = ['Starting', 'Downloading', 'Training', 'Interrupted', 'Training', 'Uploading', 'Completed'];

let scene: TrainingScene;
let client: SageMakerClient;
let shown: string[];

beforeEach(async () => {
  scene = await openTrainingScene();
  scene.aws.put('training/data/labels.tsv', Buffer.from('id\tgenre\n'));
  const endpoint = scene.aws.accountSettings['AWS_ENDPOINT_URL'] ?? '';
  client = new SageMakerClient({ endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  shown = [];
  const job = trainingJob({
    ...{ name: JOB, bucket: BUCKET, role: ROLE, region: REGION, sourceHash: 'abc', image: null },
    ...{ instanceType: 'ml.g5.xlarge', isSpot: true, maxHours: 1, checkpointsOf: null, hyperparameters: {} },
  });
  await startJob({ sagemaker: client }, job);
});

const follow = (signal = new AbortController().signal, limitMs = 10_000) =>
  followJob(JOB, { client, everyMs: 1, limitMs, show: (line) => shown.push(line) }, signal);
const ways = () => shown.filter((line) => /^\d/.test(line)).map((line) => line.split(' ')[1]);

describe('followJob', () => {
  it('tells each way once, and each figure once', async () => {
    const { TrainingJobStatus } = await follow();
    expect(TrainingJobStatus).toBe('Completed');
    expect(ways()).toEqual(WAYS);
    expect(shown.filter((line) => line.includes('epoch'))).toHaveLength(2);
  });

  it.each([
    { kind: 'refuse', code: 'ThrottlingException' },
    { kind: 'refuse', code: 'InternalFailure', status: 500 },
    { kind: 'drop' },
    { kind: 'truncate' },
    { kind: 'answer', status: 503, body: '<html>' },
  ] as const)('looks again after %o', async (fault) => {
    scene.aws.fail({ ...fault, method: 'DescribeTrainingJob', times: 3 });
    await follow();
    expect(ways()).toEqual(WAYS);
  });

  it('gives up a look that is never answered, and looks again', async () => {
    const held = scene.aws.fail({ kind: 'stall', method: 'DescribeTrainingJob' });
    await follow(undefined, 200);
    expect(held.met).toHaveLength(1);
    expect(ways().at(-1)).toBe('Completed');
  });

  it('rejects where AWS does not answer at all', async () => {
    const held = scene.aws.fail({
      ...{ kind: 'refuse', code: 'InternalFailure', status: 500, method: 'DescribeTrainingJob' },
      times: Number.POSITIVE_INFINITY,
    });
    await expect(follow()).rejects.toThrow(/InternalFailure/);
    expect(held.met).toHaveLength(11);
  });

  it('rejects at once where it is refused', async () => {
    const held = scene.aws.fail({
      kind: 'refuse',
      code: 'AccessDeniedException',
      method: 'DescribeTrainingJob',
    });
    await expect(follow()).rejects.toThrow(/AccessDeniedException/);
    expect(held.met).toHaveLength(1);
    expect(scene.aws.calls.filter(({ method }) => method === 'DescribeTrainingJob')).toHaveLength(1);
  });

  it('ends with its signal, also in the middle of a look', async () => {
    scene.aws.fail({ kind: 'stall', method: 'DescribeTrainingJob' });
    const leaving = new AbortController();
    const following = follow(leaving.signal);
    await scene.aws.waitForCall('DescribeTrainingJob', { unanswered: true });
    leaving.abort(new Error('gone'));
    await expect(following).rejects.toThrow('gone');
  });
});
