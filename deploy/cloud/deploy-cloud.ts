import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { EXIT_CODES } from '../../src/exit-codes.ts';
import { awsTrouble } from '../training/aws-trouble.ts';
import { deployArgs, type Outputs, type StackName } from './cdk-deploy.ts';
import type { CloudOptions } from './cloud-app.ts';
import { CloudError } from './cloud-error.ts';
import { NO_RELEASE } from './no-release.ts';
import type { CloudCommandOptions } from './read-cloud-options.ts';
import { requireSameState } from './require-same-state.ts';
import { resourceList, type Synthesised } from './resource-list.ts';
import { hasRelease, type ReleaseFile, uploadRelease } from './upload-release.ts';

/** What a deployment is done with. */
export interface DeployTools {
  readonly client: S3Client;
  /** Where the checkout is not as its last commit. */
  uncommitted(): Promise<readonly string[]>;
  /** What a stack puts out as it is in AWS; nothing where it is not there. */
  deployed(stack: StackName): Promise<Outputs>;
  build(folder: string): Promise<ReleaseFile>;
  synthesise(options: Omit<CloudOptions, 'functionsFolder'>): Promise<Synthesised>;
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
  if (!options.release) requireCommitted(await tools.uncommitted());
  requireSameState(context, await orTrouble(tools.deployed('VibeBot')));
  const steps = stepsOf(options);
  show(steps.release);
  const { name, file } = await takeRelease(options, tools);
  show(steps.templates);
  const synthesised = await tools.synthesise({ context, release: name, folder });
  for (const line of resourceList(synthesised)) show(line);
  show(steps.storage);
  const { ArtifactsBucketName: bucket = '' } = await tools.deploy('VibeStorage', folder);
  show(steps.upload);
  if (file !== null) await orTrouble(uploadRelease({ client, bucket }, { name, file }));
  show(steps.bot);
  await tools.deploy('VibeBot', folder);
  show(`The release is ${name}`);
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
    release: release
      ? `1. Look for release ${release} in the artifacts bucket`
      : '1. Build a release of the last commit',
    templates: `2. Make the templates in ${folder}`,
    storage: `3. ${cdk('VibeStorage')}`,
    upload: release ? '4. Leave the release where it is' : '4. Put the release in the artifacts bucket',
    bot: `5. ${cdk('VibeBot')}`,
  };
}

function requireCommitted(uncommitted: readonly string[]): void {
  if (uncommitted.length === 0) return;
  const line = `Not committed, so not in the release: ${uncommitted.join(', ')}`;
  throw new CloudError(line, EXIT_CODES.wrongUsage);
}

/** Rejects with CloudError where the one to go back to is not there. */
async function takeRelease(
  { release: name, folder }: CloudCommandOptions,
  { client, deployed, build }: DeployTools,
): Promise<Release> {
  if (!name) return await build(join(folder, '../releases'));
  const { ArtifactsBucketName: bucket } = await orTrouble(deployed('VibeStorage'));
  if (bucket === undefined || !(await orTrouble(hasRelease({ client, bucket }, name)))) {
    const where = bucket ?? 'AWS, which has no VibeStorage';
    throw new CloudError(`there is no release ${name} in ${where}`, EXIT_CODES.wrongUsage);
  }
  return { name, file: null };
}

async function requireCredentials({ config }: S3Client): Promise<void> {
  try {
    await config.credentials();
  } catch {
    // the SDK's own message lists all the places it has looked in
    throw new CloudError('there are no AWS credentials: `aws configure` makes them', EXIT_CODES.wrongUsage);
  }
}

async function orTrouble<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const trouble = awsTrouble(error);
    throw trouble ? new CloudError(trouble.line, trouble.code) : error;
  }
}
