import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { unpackTar } from '../../../deploy/training/unpack-tar.ts';
import metrics from '../../../models/training/metric-definitions.json' with { type: 'json' };
import { REPOSITORY } from '../../support/run-program.ts';
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
  scene.run(START, ['--bucket', BUCKET, '--role', ROLE, '--name', JOB, ...looking(), ...more]);
const follow = () => scene.run(START, ['--follow', JOB, ...looking()]);
const looking = () => ['--out', out, '--every', '0.01'];
const failed = (complaint: RegExp, code = 1) => ({
  code,
  stdout: expect.any(String),
  stderr: expect.stringMatching(complaint),
});
const created = () => scene.aws.calls.find(({ method }) => method === 'CreateTrainingJob')?.params;

/** The job as it is at the end of a test that is not about its way there. */
function ends(stage: Partial<TrainingScene['aws']['trainingJobs']['stages'][number]>): void {
  scene.aws.trainingJobs.stages = [{ status: 'Completed', detail: 'Completed', ...stage }];
}

describe('npm run cloud:train', () => {
  it('trains, shows how it goes, and brings a model that the bot can use', async () => {
    const files = await trainedFiles();
    scene.aws.trainingJobs.artifact = asArtifact(files.set('../evil', Buffer.from('no')));
    const { code, stdout, stderr } = await train('--backbone', 'resnet34', '--', '--epochs', '12').ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines.slice(0, 12)).toEqual([
      `${JOB} is started. Ctrl-C leaves it running; follow it again with: npm run cloud:train -- --follow ${JOB}`,
      '20:26:40 Starting - Starting the training job',
      '20:27:40 Downloading - Downloading input data',
      '20:28:40 Training',
      '  epoch 1, valLoss 0.9123, macroF1 0.6',
      '20:29:40 Interrupted',
      '20:30:40 Training',
      '  epoch 2, valLoss 0.7, macroF1 0.71',
      '20:31:40 Uploading',
      '20:32:40 Completed - Training job completed',
      'Trained for 900 s, of which 270 s are charged.',
      expect.stringMatching(
        /^Checked: 2 photos, logits differ by 0\.0000\d at most, heatmaps by 0\.0000\d\.$/,
      ),
    ]);
    expect(stdout).toContain(`cp ${out}/genre.onnx ${out}/genre.json`);
    files.delete('../evil');
    const written = await readdir(out, { recursive: true });
    expect(written.filter((name) => name.includes('.')).sort()).toEqual([...files.keys()].sort());
    for (const [name, bytes] of files)
      expect((await readFile(join(out, name))).equals(bytes), name).toBe(true);
    expect(await readdir(scene.folder)).toEqual(['model']);
  });

  it('asks for exactly this job', async () => {
    ends({ status: 'Failed' });
    await train('--backbone', 'resnet34', '--', '--epochs', '12', '--export-size', '320').ended;
    const [key = ''] = [...scene.aws.objects.keys()].filter((each) => each.startsWith('training/source/'));
    expect(key).toMatch(/^training\/source\/[0-9a-f]{64}\/sourcedir\.tar\.gz$/);
    expect(created()).toEqual({
      TrainingJobName: JOB,
      RoleArn: ROLE,
      AlgorithmSpecification: {
        TrainingImage:
          '763104351884.dkr.ecr.eu-central-1.amazonaws.com/pytorch-training:2.9.0-gpu-py312-cu130-ubuntu22.04-sagemaker',
        TrainingInputMode: 'File',
        MetricDefinitions: metrics,
      },
      HyperParameters: {
        backbone: '"resnet34"',
        epochs: '"12"',
        'export-size': '"320"',
        sagemaker_program: '"sagemaker_entry.py"',
        sagemaker_submit_directory: `"s3://${BUCKET}/${key}"`,
        sagemaker_region: '"eu-central-1"',
        sagemaker_job_name: `"${JOB}"`,
      },
      InputDataConfig: [
        {
          ChannelName: 'training',
          DataSource: {
            S3DataSource: {
              S3DataType: 'S3Prefix',
              S3Uri: `s3://${BUCKET}/training/data/`,
              S3DataDistributionType: 'FullyReplicated',
            },
          },
        },
      ],
      OutputDataConfig: { S3OutputPath: `s3://${BUCKET}/training/output` },
      ResourceConfig: { InstanceType: 'ml.g5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
      EnableManagedSpotTraining: true,
      CheckpointConfig: { S3Uri: `s3://${BUCKET}/training/checkpoints/${JOB}` },
      StoppingCondition: { MaxRuntimeInSeconds: 21_600, MaxWaitTimeInSeconds: 43_200 },
    });
  });

  it('brings along what runs in the container, and only that', async () => {
    ends({ status: 'Failed' });
    await train().ended;
    const [source] = [...scene.aws.objects].filter(([key]) => key.startsWith('training/source/'));
    const files = unpackTar(gunzipSync(source?.[1].bytes ?? ''));
    expect([...files.keys()]).toContain('sagemaker_entry.py');
    expect([...files.keys()].filter((name) => /test|json|\.md|\.sh/.test(name))).toEqual([]);
    const training = join(REPOSITORY, 'models/training');
    expect(files.get('train.py')).toEqual(await readFile(join(training, 'train.py')));
    expect(files.get('requirements.txt')).toEqual(
      await readFile(join(training, 'requirements-sagemaker.txt')),
    );
    expect(files.get('requirements.txt')?.toString()).not.toMatch(/^torch/m);
    expect([...files.keys()].filter((name) => name.startsWith('photos/'))).toHaveLength(7);
  });

  it('can be told another machine, another container and whose checkpoints to go on from', async () => {
    ends({ status: 'Failed' });
    const choices = ['--on-demand', '--instance-type', 'ml.c7i.2xlarge', '--max-hours', '1'];
    await train(...choices, '--checkpoints-of', 'vibe-before').ended;
    const job = created();
    expect(job).toMatchObject({
      AlgorithmSpecification: {
        TrainingImage: expect.stringMatching(/pytorch-training:2\.9\.0-cpu-py312-ubuntu22\.04-sagemaker$/),
      },
      EnableManagedSpotTraining: false,
      CheckpointConfig: { S3Uri: `s3://${BUCKET}/training/checkpoints/vibe-before` },
    });
    expect(job?.['StoppingCondition']).toEqual({ MaxRuntimeInSeconds: 3600 });
  });

  it.each([
    [
      '2.8.0-gpu-py312-cu129-ubuntu22.04-sagemaker',
      /\/pytorch-training:2\.8\.0-gpu-py312-cu129-ubuntu22\.04-sagemaker$/,
    ],
    ['111122223333.dkr.ecr.eu-central-1.amazonaws.com/own/image:1', /^111122223333.*\/own\/image:1$/],
  ])('takes the container %s', async (image, expected) => {
    ends({ status: 'Failed' });
    await train('--image', image).ended;
    expect(created()).toMatchObject({
      AlgorithmSpecification: { TrainingImage: expect.stringMatching(expected) },
    });
  });

  it('leaves the job running on Ctrl-C, and follows it again', async () => {
    scene.aws.trainingJobs.artifact = asArtifact(await trainedFiles());
    const stages = scene.aws.trainingJobs.stages;
    scene.aws.trainingJobs.stages = stages.slice(0, 3);
    const first = train();
    await first.printed('epoch 1');
    first.child.kill('SIGINT');
    expect(await first.ended).toEqual(failed(new RegExp(`^The job is left .* -- --follow ${JOB}\n$`), 130));
    scene.aws.trainingJobs.stages = stages;
    const { code, stdout } = await follow().ended;
    expect({ code, first: stdout.split('\n')[0] }).toEqual({
      code: 0,
      first: '20:26:40 Starting - Starting the training job',
    });
    expect(existsSync(join(out, 'genre.onnx'))).toBe(true);
    expect(scene.aws.calls.filter(({ method }) => method === 'CreateTrainingJob')).toHaveLength(1);
  });
});
