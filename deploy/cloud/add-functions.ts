import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ARCHIVE_TIMEOUT_SECONDS } from '../archive/archive-handler.ts';
import { ERASE_TIMEOUT_SECONDS } from '../archive/erase-handler.ts';

export interface FunctionsOptions {
  readonly bucket: Bucket;
  readonly table: Table;
  /** Where bundleFunctions has written the two. */
  readonly folder: string;
  /** Of each; null: none. */
  readonly reservedConcurrency: number | null;
}

export interface Functions {
  readonly archive: LambdaFunction;
  readonly erase: LambdaFunction;
}

/** The functions of deploy/archive, each with a role of its own that may do what deploy/archive/README.md says, and no more. */
export function addFunctions(scope: Construct, options: FunctionsOptions): Functions {
  const { bucket, table } = options;
  const objects = [bucket.arnForObjects('images/*'), bucket.arnForObjects('records/*')];
  return {
    archive: addFunction(scope, options, {
      id: 'ArchiveFunction',
      handler: 'archive-lambda.handler',
      timeoutSeconds: ARCHIVE_TIMEOUT_SECONDS,
      may: [
        allow(['s3:PutObject'], objects),
        allow(['dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:GetItem'], [table.tableArn]),
      ],
    }),
    erase: addFunction(scope, options, {
      id: 'EraseFunction',
      handler: 'erase-lambda.handler',
      timeoutSeconds: ERASE_TIMEOUT_SECONDS,
      may: [
        allow(['s3:ListBucketVersions'], [bucket.bucketArn]),
        allow(['s3:DeleteObject', 's3:DeleteObjectVersion'], objects),
        allow(['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], [table.tableArn]),
      ],
    }),
  };
}

interface Single {
  readonly id: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly may: readonly PolicyStatement[];
}

function addFunction(
  scope: Construct,
  { bucket, table, folder, reservedConcurrency }: FunctionsOptions,
  { id, handler, timeoutSeconds, may }: Single,
): LambdaFunction {
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  for (const statement of may) role.addToPolicy(statement);
  role.addToPolicy(allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]));
  return new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(folder),
    handler,
    role,
    logGroup,
    loggingFormat: LoggingFormat.TEXT, // the lines are JSON already
    timeout: Duration.seconds(timeoutSeconds),
    memorySize: 512,
    environment: { ARCHIVE_BUCKET: bucket.bucketName, ARCHIVE_TABLE: table.tableName },
    ...(reservedConcurrency !== null && { reservedConcurrentExecutions: reservedConcurrency }),
  });
}

function allow(actions: string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}
