import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { EXIT_CODES } from '../../src/exit-codes.ts';
import { awsReason } from '../archive/aws-reason.ts';
import { deployArgs, type Outputs, type StackName } from './cdk-deploy.ts';
import type { CloudOptions } from './cloud-app.ts';
import { CloudError } from './cloud-error.ts';
import { NO_RELEASE } from './no-release.ts';
import type { CloudCommandOptions } from './read-cloud-options.ts';
import { hasRelease, type ReleaseFile, type ReleaseStore, uploadRelease } from './upload-release.ts';

/** What a deployment is done with. */
export interface DeployTools {
  readonly client: S3Client;
  build(folder: string): Promise<ReleaseFile>;
  synthesise(options: Omit<CloudOptions, 'functionsFolder'>): Promise<unknown>;
  deploy(stack: StackName, folder: string): Promise<Outputs>;
  show(line: string): void;
}

/** One to go back to has no file here. */
interface Release {
  readonly name: string;
  readonly file: string | null;
}

/**
 * From this checkout to a running bot: release, templates, what stays, the release in its bucket, the machine. All of it may be
 * done again. Rejects with CloudError.
 */
export async function deployCloud(options: CloudCommandOptions, tools: DeployTools): Promise<void> {
  const { context, folder } = options;
  const { client, show } = tools;
  await requireCredentials(client);
  const steps = stepsOf(options);
  show(steps.release);
  const release = await takeRelease(options, tools);
  show(steps.templates);
  await tools.synthesise({ context, release: release.name, folder });
  show(steps.storage);
  const { ArtifactsBucketName: bucket = '' } = await tools.deploy('VibeStorage', folder);
  show(steps.upload);
  await orReason(provide({ client, bucket }, release));
  show(steps.bot);
  await tools.deploy('VibeBot', folder);
  show(`The release is ${release.name}`);
}

/** Shows what a deployment would do, and makes the templates, which asks nobody outside. Rejects with CloudError. */
export async function rehearseCloud(
  options: CloudCommandOptions,
  { synthesise, show }: Pick<DeployTools, 'synthesise' | 'show'>,
): Promise<void> {
  const { context, folder } = options;
  for (const step of Object.values(stepsOf(options))) show(step);
  await synthesise({ context, release: options.release ?? NO_RELEASE, folder });
  show('Only shown: the templates are made, and nothing was sent to AWS.');
}

function stepsOf({ context, release, folder }: CloudCommandOptions) {
  const cdk = (stack: StackName) => `cdk ${deployArgs(stack, folder).join(' ')} (${context.region})`;
  return {
    release: release ? `1. Go back to release ${release}` : '1. Build a release of the last commit',
    templates: `2. Make the templates in ${folder}`,
    storage: `3. ${cdk('VibeStorage')}`,
    upload: `4. ${release ? 'Look for the release' : 'Put the release'} in the artifacts bucket`,
    bot: `5. ${cdk('VibeBot')}`,
  };
}

async function takeRelease(
  { release, folder }: CloudCommandOptions,
  { build }: DeployTools,
): Promise<Release> {
  return release ? { name: release, file: null } : await build(join(folder, '../releases'));
}

async function requireCredentials({ config }: S3Client): Promise<void> {
  try {
    await config.credentials();
  } catch {
    // the SDK's own message lists all the places it has looked in
    throw new CloudError('there are no AWS credentials: `aws configure` makes them', EXIT_CODES.wrongUsage);
  }
}

async function provide(store: ReleaseStore, { name, file }: Release): Promise<void> {
  if (file !== null) await uploadRelease(store, { name, file });
  else if (!(await hasRelease(store, name))) {
    throw new CloudError(`there is no release ${name} in ${store.bucket}`, EXIT_CODES.wrongUsage);
  }
}

async function orReason(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const reason = awsReason(error, new AbortController().signal);
    throw reason === undefined ? error : new CloudError(reason, EXIT_CODES.failed);
  }
}
