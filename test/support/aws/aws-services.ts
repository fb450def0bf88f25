import { type AwsAnswer, AwsRefusal } from './aws-answer.ts';
import { Bucket } from './bucket.ts';
import { answerBucketCall } from './bucket-methods.ts';
import { callParams } from './call-params.ts';
import { checkInvocation, functionAnswer } from './function-answer.ts';
import type { LocalDynamodb } from './local-dynamodb.ts';
import type { LocalFunctions } from './local-functions.ts';
import type { AwsRequest } from './read-aws-request.ts';
import { secretAnswer } from './secret-answer.ts';
import { TrainingJobs } from './training-jobs.ts';

/** A call that a service is to do. */
export interface ServiceCall {
  readonly request: AwsRequest;
  readonly body: Buffer;
  /** What one object of many is refused with; null: none is. */
  readonly refuseOne: string | null;
}

type FunctionSettings = Readonly<Record<string, string>>;

/** The services, and what they hold. Those that take long to load wait until somebody asks them. */
export class AwsServices {
  secret: string | Uint8Array | undefined;
  readonly bucket = new Bucket();
  readonly trainingJobs = new TrainingJobs(this.bucket, () => this.#settings()['ARCHIVE_BUCKET'] ?? '');
  /** What the functions have logged, line by line. */
  readonly printed: string[] = [];
  /** How far the functions' clock is ahead. */
  aheadMs = 0;
  readonly #settings: () => FunctionSettings;
  #dynamodb: Promise<LocalDynamodb> | undefined;
  #functions: Promise<LocalFunctions> | undefined;

  constructor(settings: () => FunctionSettings) {
    this.#settings = settings;
  }

  /** What a call asks for, as the log has it. Throws AwsRefusal for what no service looks at. */
  read(request: AwsRequest, body: Buffer): Readonly<Record<string, unknown>> {
    if (request.service === 'lambda') checkInvocation(request, body);
    return callParams(request, body);
  }

  /** Does it. Throws AwsRefusal. */
  async answer({ request, body, refuseOne }: ServiceCall): Promise<AwsAnswer> {
    switch (request.service) {
      case 'secretsmanager':
        return secretAnswer(this.secret, JSON.parse(body.toString()).SecretId);
      case 'sagemaker':
        return this.trainingJobs.answer(request.method, JSON.parse(body.toString()));
      case 'dynamodb':
        return await (await this.dynamodb()).answer(request, body);
      case 'lambda':
        return await this.#invoke(request.what, body);
      case 's3': {
        const [bucket, key = ''] = request.what.split(/\/(.*)/s);
        if (bucket !== this.#settings()['ARCHIVE_BUCKET']) throw new AwsRefusal('NoSuchBucket', 404);
        return answerBucketCall(this.bucket, { request, key, body, refuseOne });
      }
    }
  }

  dynamodb(): Promise<LocalDynamodb> {
    this.#dynamodb ??= import('./local-dynamodb.ts').then(({ startLocalDynamodb }) =>
      startLocalDynamodb(this.#settings()['ARCHIVE_TABLE'] ?? ''),
    );
    return this.#dynamodb;
  }

  async close(): Promise<void> {
    (await this.#functions)?.close();
    await (await this.#dynamodb)?.close();
  }

  async #invoke(name: string, body: Buffer): Promise<AwsAnswer> {
    this.#functions ??= import('./local-functions.ts').then(({ openLocalFunctions }) =>
      openLocalFunctions(this.#settings(), {
        now: () => Date.now() + this.aheadMs,
        print: (line) => void this.printed.push(line),
      }),
    );
    const { archive, erase } = await this.#functions;
    if (name === 'vibe-archive') return await functionAnswer(archive, body);
    if (name === 'vibe-erase') return await functionAnswer(erase, body);
    throw new AwsRefusal('ResourceNotFoundException', 404);
  }
}
