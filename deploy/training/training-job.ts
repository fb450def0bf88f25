import type { CreateTrainingJobCommandInput, TrainingInstanceType } from '@aws-sdk/client-sagemaker';
import metrics from '../../models/training/metric-definitions.json' with { type: 'json' };

export interface JobOptions {
  readonly name: string;
  readonly bucket: string;
  /** The ARN of what SageMaker acts as. */
  readonly role: string;
  readonly region: string;
  /** As packSource has it. */
  readonly sourceHash: string;
  readonly instanceType: string;
  /** A whole image URI, or the tag of AWS's PyTorch container; null: the one that suits the instance. */
  readonly image: string | null;
  readonly isSpot: boolean;
  readonly maxHours: number;
  /** Whose checkpoints it goes on from: a job of the same arguments; null: its own. */
  readonly checkpointsOf: string | null;
  /** Arguments of models/training/sagemaker_entry.py, by name. */
  readonly hyperparameters: Readonly<Record<string, string>>;
}

const PREFIX = 'training';
const PROGRAM = 'sagemaker_entry.py';
const SECONDS_AN_HOUR = 3600;
/** Twice the pictures that there are, and the checkpoints. */
const VOLUME_GB = 30;

/** https://github.com/aws/deep-learning-containers/blob/master/available_images.md, of which one account serves most regions. */
const REGISTRY_ACCOUNT = '763104351884';
const TAGS = {
  gpu: '2.9.0-gpu-py312-cu130-ubuntu22.04-sagemaker',
  cpu: '2.9.0-cpu-py312-ubuntu22.04-sagemaker',
};
const HAS_GPU = /^ml\.[gp]\d/;

export const DATA_PREFIX = `${PREFIX}/data/`;

export function sourceKey(hash: string): string {
  return `${PREFIX}/source/${hash}/sourcedir.tar.gz`;
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
export function trainingJob(options: JobOptions): CreateTrainingJobCommandInput {
  const { name, bucket, isSpot, maxHours } = options;
  const url = (key: string) => `s3://${bucket}/${key}`;
  const seconds = Math.ceil(maxHours * SECONDS_AN_HOUR);
  return {
    TrainingJobName: name,
    RoleArn: options.role,
    AlgorithmSpecification: {
      TrainingImage: imageOf(options),
      TrainingInputMode: 'File',
      MetricDefinitions: metrics,
    },
    HyperParameters: hyperparametersOf(options, url(sourceKey(options.sourceHash))),
    InputDataConfig: [
      {
        ChannelName: 'training',
        DataSource: {
          S3DataSource: {
            S3DataType: 'S3Prefix',
            S3Uri: url(DATA_PREFIX),
            S3DataDistributionType: 'FullyReplicated',
          },
        },
      },
    ],
    OutputDataConfig: { S3OutputPath: url(`${PREFIX}/output`) },
    ResourceConfig: {
      InstanceType: options.instanceType as TrainingInstanceType, // there are new ones before the SDK knows them
      InstanceCount: 1,
      VolumeSizeInGB: VOLUME_GB,
    },
    EnableManagedSpotTraining: isSpot,
    CheckpointConfig: { S3Uri: url(`${PREFIX}/checkpoints/${options.checkpointsOf ?? name}`) },
    StoppingCondition: {
      MaxRuntimeInSeconds: seconds,
      ...(isSpot && { MaxWaitTimeInSeconds: 2 * seconds }),
    },
  };
}

function imageOf({ image, instanceType, region }: JobOptions): string {
  if (image?.includes('/')) return image;
  const tag = image ?? (HAS_GPU.test(instanceType) ? TAGS.gpu : TAGS.cpu);
  return `${REGISTRY_ACCOUNT}.dkr.ecr.${region}.amazonaws.com/pytorch-training:${tag}`;
}

/** In script mode: each is JSON, and becomes an argument. https://github.com/aws/sagemaker-training-toolkit */
function hyperparametersOf(
  { hyperparameters, name, region }: JobOptions,
  source: string,
): Readonly<Record<string, string>> {
  const all = {
    ...hyperparameters,
    sagemaker_program: PROGRAM,
    sagemaker_submit_directory: source,
    sagemaker_region: region,
    sagemaker_job_name: name,
  };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, JSON.stringify(value)]));
}
