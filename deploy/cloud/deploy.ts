/** Brings the system to AWS, or an earlier release back: `deploy.ts [--release <name>] [--dry-run] …`. */

import type { StackName } from './cdk-deploy.ts';
import type { CloudCommandOptions } from './read-cloud-options.ts';
import { runCloudCommand, showLine as show } from './run-cloud-command.ts';

/** The CDK takes seconds to load: who has mistyped an option does not wait for it. */
async function run(options: CloudCommandOptions): Promise<void> {
  const { synthesise } = await import('./synthesise.ts');
  const { deployCloud, rehearseCloud } = await import('./deploy-cloud.ts');
  if (options.dryRun) return await rehearseCloud(options, { synthesise, show });
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const { S3Client } = await import('@aws-sdk/client-s3');
  const { buildRelease: build } = await import('../instance/build-release.ts');
  const { cdkDeploy: deploy } = await import('./cdk-deploy.ts');
  const { deployedOutputs } = await import('./deployed-outputs.ts');
  const { uncommittedPaths: uncommitted } = await import('./uncommitted-paths.ts');
  const { region } = options.context;
  const client = new S3Client({ region });
  const cloudFormation = new CloudFormationClient({ region });
  const deployed = (stack: StackName) => deployedOutputs(cloudFormation, stack);
  await deployCloud(options, { client, uncommitted, deployed, build, synthesise, deploy, show });
}

process.exitCode = await runCloudCommand(
  { name: 'npm run cloud:deploy --', usage: '[--dry-run]', run },
  process.argv.slice(2),
);
