import { isRecord } from '../local-server/is-record.ts';
import { AwsRefusal } from './aws-answer.ts';

const JOB_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/;
const URL_OF_S3 = /^(https|s3):\/\/([^/]+)\/?(.*)$/;
const INSTANCE = /^ml\.[a-z0-9-]+\.\w+$/;
const IMAGE = /^\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com\/[\w./-]+:[\w.-]+$/;
const MAX_METRICS = 40;
const MAX_PARAMETERS = 100;
const MAX_PARAMETER_LENGTH = 2500;
const MAX_SECONDS = 28 * 24 * 3600;

type Fields = Readonly<Record<string, unknown>>;

/**
 * What SageMaker itself looks at before it takes a job. Throws AwsRefusal.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html
 */
export function checkTrainingJob(job: Fields, hasObjects: (bucket: string, prefix: string) => boolean): void {
  const training = group(job, 'AlgorithmSpecification');
  const machine = group(job, 'ResourceConfig');
  const isRight =
    JOB_NAME.test(text(job, 'TrainingJobName')) &&
    ROLE.test(text(job, 'RoleArn')) &&
    IMAGE.test(text(training, 'TrainingImage')) &&
    ['File', 'FastFile', 'Pipe'].includes(text(training, 'TrainingInputMode')) &&
    areMetrics(training['MetricDefinitions']) &&
    areParameters(job['HyperParameters']) &&
    URL_OF_S3.test(text(group(job, 'OutputDataConfig'), 'S3OutputPath')) &&
    URL_OF_S3.test(text(group(job, 'CheckpointConfig'), 'S3Uri')) &&
    INSTANCE.test(text(machine, 'InstanceType')) &&
    machine['InstanceCount'] === 1 &&
    Number(machine['VolumeSizeInGB']) >= 1 &&
    isPatient(job);
  if (!isRight) throw new AwsRefusal('ValidationException');
  for (const [bucket, prefix] of sourcesOf(job)) {
    if (!hasObjects(bucket, prefix)) throw new AwsRefusal('ValidationException');
  }
}

function group(fields: Fields, name: string): Fields {
  const value = fields[name];
  if (!isRecord(value)) throw new AwsRefusal('ValidationException');
  return value;
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

function areMetrics(metrics: unknown): boolean {
  if (!Array.isArray(metrics) || metrics.length > MAX_METRICS) return false;
  return metrics.every((each) => isRecord(each) && text(each, 'Name') !== '' && text(each, 'Regex') !== '');
}

function areParameters(parameters: unknown): boolean {
  if (!isRecord(parameters)) return false;
  const values = Object.values(parameters);
  const areShort = values.every((each) => typeof each === 'string' && each.length <= MAX_PARAMETER_LENGTH);
  return values.length <= MAX_PARAMETERS && areShort;
}

/** On Spot it has to be told how long it may wait, and not elsewhere. */
function isPatient(job: Fields): boolean {
  const { MaxRuntimeInSeconds: runs, MaxWaitTimeInSeconds: waits } = group(job, 'StoppingCondition');
  const isLimited = Number.isInteger(runs) && Number(runs) >= 1 && Number(runs) <= MAX_SECONDS;
  const isSpot = job['EnableManagedSpotTraining'] === true;
  return isLimited && (isSpot ? Number(waits) >= Number(runs) : waits === undefined);
}

/** Bucket and prefix of each channel. */
function sourcesOf(job: Fields): readonly (readonly [string, string])[] {
  const channels = job['InputDataConfig'];
  if (!Array.isArray(channels) || channels.length === 0) throw new AwsRefusal('ValidationException');
  return channels.map((channel) => {
    const { S3DataType: type, S3Uri: url } = group(group(channel, 'DataSource'), 'S3DataSource');
    const [, , bucket = '', prefix = ''] = URL_OF_S3.exec(String(url)) ?? [];
    if (type !== 'S3Prefix' || !channel.ChannelName || !bucket) throw new AwsRefusal('ValidationException');
    return [bucket, prefix];
  });
}
