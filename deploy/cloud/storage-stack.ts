import { type App, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { addArchiveBucket } from './add-archive-bucket.ts';
import { addArtifactsBucket } from './add-artifacts-bucket.ts';
import { addBudget } from './add-budget.ts';
import { addFunctions, type Functions } from './add-functions.ts';
import { addSecret } from './add-secret.ts';
import { addTable } from './add-table.ts';
import { addTrainingRole } from './add-training-role.ts';
import type { CloudContext } from './read-context.ts';

/** What the bot needs to be there before it starts, and what stays when it goes. */
export interface Storage {
  readonly stack: Stack;
  readonly artifacts: Bucket;
  /** STORE_TABLE. */
  readonly botTable: Table;
  readonly secret: Secret;
  readonly functions: Functions;
}

export interface StorageOptions extends StackProps {
  readonly context: CloudContext;
  /** Where the bundled functions are. */
  readonly functionsFolder: string;
}

/** All that holds data, the functions that write the archive, the role that trains, and the budget. */
export function createStorageStack(
  app: App,
  { context, functionsFolder, ...props }: StorageOptions,
): Storage {
  const stack = new Stack(app, 'VibeStorage', props);
  const archive = addArchiveBucket(stack);
  const artifacts = addArtifactsBucket(stack);
  const secret = addSecret(stack);
  const botTable = addTable(stack, 'BotTable', { timeToLiveAttribute: 'expires' });
  const functions = addFunctions(stack, {
    bucket: archive,
    table: addTable(stack, 'ArchiveTable', { timeToLiveAttribute: null }),
    folder: functionsFolder,
    reservedConcurrency: context.reservedConcurrency,
  });
  const trainingRole = addTrainingRole(stack, artifacts);
  const { alarmEmail: email, monthlyBudgetUsd: monthlyUsd } = context;
  if (email !== null) addBudget(stack, { monthlyUsd, email });
  const outputs = {
    ArtifactsBucketName: artifacts.bucketName,
    ArchiveBucketName: archive.bucketName,
    SecretArn: secret.secretArn,
    TrainingRoleArn: trainingRole.roleArn,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
  return { stack, artifacts, botTable, secret, functions };
}
