import { type AwsAnswer, AwsRefusal, JSON_1_1, jsonAnswer } from './aws-answer.ts';
import type { Bucket } from './bucket.ts';
import { checkTrainingJob } from './check-training-job.ts';

/** What a job is like at one look at it, and at all later ones until the next. */
export interface JobStage {
  readonly status: 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';
  readonly detail: string;
  readonly says?: string;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly failureReason?: string;
}

/** One that Spot interrupts. */
const USUAL_STAGES: readonly JobStage[] = [
  { status: 'InProgress', detail: 'Starting', says: 'Starting the training job' },
  { status: 'InProgress', detail: 'Downloading', says: 'Downloading input data' },
  { status: 'InProgress', detail: 'Training', metrics: { epoch: 1, valLoss: 0.912345, macroF1: 0.6 } },
  { status: 'InProgress', detail: 'Interrupted', metrics: { epoch: 1, valLoss: 0.912345, macroF1: 0.6 } },
  { status: 'InProgress', detail: 'Training', metrics: { epoch: 2, valLoss: 0.7, macroF1: 0.71 } },
  { status: 'InProgress', detail: 'Uploading' },
  { status: 'Completed', detail: 'Completed', says: 'Training job completed' },
];

interface Job {
  readonly request: Readonly<Record<string, unknown>>;
  /** How far it has come. */
  stage: number;
}

const STARTED_AT_SECONDS = 1_780_000_000;
const STAGE_SECONDS = 60;
const ACCOUNT = '123456789012';

/** The training jobs of SageMaker: each look at one brings it to its next stage. */
export class TrainingJobs {
  stages: readonly JobStage[] = USUAL_STAGES;
  /** What a job that completes leaves as its model.tar.gz; null: nothing. */
  artifact: Buffer | null = null;
  readonly #jobs = new Map<string, Job>();
  readonly #bucket: Bucket;
  readonly #bucketName: () => string;

  constructor(bucket: Bucket, bucketName: () => string) {
    this.#bucket = bucket;
    this.#bucketName = bucketName;
  }

  /** Throws AwsRefusal. */
  answer(method: string, params: Readonly<Record<string, unknown>>): AwsAnswer {
    const name = String(params['TrainingJobName']);
    switch (method) {
      case 'CreateTrainingJob':
        return this.#create(name, params);
      case 'DescribeTrainingJob':
        return this.#describe(name);
      default:
        throw new AwsRefusal('UnknownOperationException');
    }
  }

  #create(name: string, request: Job['request']): AwsAnswer {
    checkTrainingJob(request, (bucket, prefix) => {
      const keys = [...this.#bucket.objects().keys()];
      return bucket === this.#bucketName() && keys.some((key) => key.startsWith(prefix));
    });
    if (this.#jobs.has(name)) throw new AwsRefusal('ResourceInUse');
    this.#jobs.set(name, { request, stage: 0 });
    return jsonAnswer({ TrainingJobArn: arnOf(name) }, JSON_1_1);
  }

  #describe(name: string): AwsAnswer {
    const job = this.#jobs.get(name);
    if (!job) throw new AwsRefusal('ValidationException');
    const past = this.stages.slice(0, job.stage + 1);
    const { status = 'InProgress', detail = 'Starting', metrics = {}, failureReason } = past.at(-1) ?? {};
    job.stage = Math.min(job.stage + 1, this.stages.length - 1);
    const output = job.request['OutputDataConfig'] as { readonly S3OutputPath: string };
    const url = `${output.S3OutputPath}/${name}/output/model.tar.gz`;
    if (status === 'Completed') this.#leaveArtifact(url);
    const answered = {
      ...job.request,
      TrainingJobArn: arnOf(name),
      TrainingJobStatus: status,
      SecondaryStatus: detail,
      SecondaryStatusTransitions: past.map(transitionOf),
      FinalMetricDataList: Object.entries(metrics).map(([MetricName, Value]) => ({ MetricName, Value })),
      ...(failureReason && { FailureReason: failureReason }),
      ...(status === 'Completed' && { ModelArtifacts: { S3ModelArtifacts: url }, ...TIMES }),
    };
    return jsonAnswer(answered, JSON_1_1);
  }

  #leaveArtifact(url: string): void {
    if (!this.artifact) return;
    const key = url.replace(/^s3:\/\/[^/]+\//, '');
    this.#bucket.put(key, {
      bytes: this.artifact,
      contentType: 'application/x-tar',
      serverSideEncryption: null,
    });
  }
}

const TIMES = { TrainingTimeInSeconds: 900, BillableTimeInSeconds: 270 };

function arnOf(name: string): string {
  return `arn:aws:sagemaker:eu-central-1:${ACCOUNT}:training-job/${name}`;
}

function transitionOf({ detail, says }: JobStage, index: number) {
  const StartTime = STARTED_AT_SECONDS + index * STAGE_SECONDS;
  return { Status: detail, StartTime, ...(says && { StatusMessage: says }) };
}
