import { App, Validations } from 'aws-cdk-lib';
import { VALIDATE_AGAINST_DEFAULT_RULES } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ACCEPTED_FINDINGS, type AcceptedFinding, acceptFindings } from './accept-findings.ts';
import { createBotStack } from './bot-stack.ts';
import type { CloudContext } from './read-context.ts';
import { createStorageStack } from './storage-stack.ts';

export interface CloudOptions {
  readonly context: CloudContext;
  /** The name of a file in releases/ of the artifacts bucket. */
  readonly release: string;
  /** Where the bundled functions are. */
  readonly functionsFolder: string;
  /** Where the templates go. */
  readonly folder: string;
  /** Of cdk-nag's findings; those that we have reasons for when left out. */
  readonly accepted?: readonly AcceptedFinding[];
}

/** The whole system, for AWS's CDK. Its `synth` throws where cdk-nag finds what accept-findings.ts gives no reason for. */
export function createCloudApp(options: CloudOptions): App {
  const { context, release, functionsFolder, folder, accepted = ACCEPTED_FINDINGS } = options;
  const app = new App({
    ...{ outdir: folder, analyticsReporting: false, treeMetadata: false },
    // what breaks the CDK's own rules is an error, too
    context: { [VALIDATE_AGAINST_DEFAULT_RULES]: true },
  });
  const common = { context, env: { region: context.region } };
  const storage = createStorageStack(app, { ...common, functionsFolder });
  createBotStack(app, { ...common, storage, release });
  acceptFindings(app, accepted, {
    region: context.region,
    hasDomain: context.domain !== null,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
