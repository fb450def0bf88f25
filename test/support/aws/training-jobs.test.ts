import {
  CreateTrainingJobCommand,
  type CreateTrainingJobCommandInput,
  DescribeTrainingJobCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { trainingJob } from '../../../deploy/training/training-job.ts';
import { BUCKET, openTrainingScene, ROLE, type TrainingScene } from '../training-scene.ts';
import { CREDENTIALS, REGION } from './aws-account.ts';

const JOB: CreateTrainingJobCommandInput = trainingJob({
  ...{ name: 'vibe-test', bucket: BUCKET, role: ROLE, region: REGION, sourceHash: 'abc', image: null },
  ...{ instanceType: 'ml.g5.xlarge', isSpot: true, maxHours: 1, checkpointsOf: null, hyperparameters: {} },
});

let scene: TrainingScene;
let client: SageMakerClient;

beforeEach(async () => {
  scene = await openTrainingScene();
  scene.aws.put('training/data/labels.tsv', Buffer.from('id\tgenre\n'));
  const endpoint = scene.aws.accountSettings['AWS_ENDPOINT_URL'] ?? '';
  client = new SageMakerClient({ endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
});

const create = (changes: object = {}) => client.send(new CreateTrainingJobCommand({ ...JOB, ...changes }));
const describeJob = () => client.send(new DescribeTrainingJobCommand({ TrainingJobName: 'vibe-test' }));
const refused = (name: string) => expect.objectContaining({ name });

describe('the fake SageMaker', () => {
  it('takes a job once', async () => {
    const { TrainingJobArn } = await create();
    expect(TrainingJobArn).toMatch(/:training-job\/vibe-test$/);
    await expect(create()).rejects.toEqual(refused('ResourceInUse'));
  });

  const { AlgorithmSpecification: algorithm, ResourceConfig: machine, InputDataConfig: channels } = JOB;
  it.each([
    ['name', { TrainingJobName: 'vibe_test' }],
    ['long name', { TrainingJobName: 'v'.repeat(64) }],
    ['role', { RoleArn: 'vibe-training' }],
    ['container', { AlgorithmSpecification: { ...algorithm, TrainingImage: 'pytorch' } }],
    ['input mode', { AlgorithmSpecification: { ...algorithm, TrainingInputMode: undefined } }],
    ['metric', { AlgorithmSpecification: { ...algorithm, MetricDefinitions: [{ Name: 'epoch' }] } }],
    ['hyperparameter', { HyperParameters: { epochs: 12 } }],
    ['output', { OutputDataConfig: { S3OutputPath: '/tmp' } }],
    ['checkpoints', { CheckpointConfig: { S3Uri: 'checkpoints' } }],
    ['instance', { ResourceConfig: { ...machine, InstanceType: 'g5.xlarge' } }],
    ['volume', { ResourceConfig: { ...machine, VolumeSizeInGB: undefined } }],
    ['patience on Spot', { StoppingCondition: { MaxRuntimeInSeconds: 3600 } }],
    ['little patience', { StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 60 } }],
    ['patience elsewhere', { EnableManagedSpotTraining: false }],
    ['channel', { InputDataConfig: [] }],
    ['data', { InputDataConfig: channels?.map((each) => ({ ...each, DataSource: elsewhere() })) }],
  ])('refuses a job with a wrong %s', async (_, changes) => {
    await expect(create(changes)).rejects.toEqual(refused('ValidationException'));
  });

  it('brings a job on its way with every look', async () => {
    await create();
    const ways: (string | undefined)[] = [];
    for (let look = 0; look < 8; look += 1) ways.push((await describeJob()).SecondaryStatus);
    expect(ways).toEqual([...scene.aws.trainingJobs.stages.map(({ detail }) => detail), 'Completed']);
    const { SecondaryStatusTransitions, ModelArtifacts } = await describeJob();
    expect(SecondaryStatusTransitions?.[0]).toMatchObject({
      Status: 'Starting',
      StartTime: expect.any(Date),
    });
    expect(ModelArtifacts?.S3ModelArtifacts).toBe(
      `s3://${BUCKET}/training/output/vibe-test/output/model.tar.gz`,
    );
  });

  it('knows no other job', async () => {
    await expect(describeJob()).rejects.toEqual(refused('ValidationException'));
  });
});

function elsewhere() {
  return { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://${BUCKET}/nothing/` } };
}
