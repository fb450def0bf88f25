import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/**
 * AWS's own account with the PyTorch containers, in most regions, not in all:
 * https://docs.aws.amazon.com/sagemaker/latest/dg-ecr-paths/ecr-eu-central-1.html
 */
const CONTAINERS_ACCOUNT = '763104351884';

/** What a SageMaker training job runs as: it reads and writes training/ in the bucket, fetches its container, logs and measures. */
export function addTrainingRole(scope: Construct, bucket: Bucket): Role {
  const stack = Stack.of(scope);
  const role = new Role(scope, 'TrainingRole', {
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  });
  const objects = (...folders: string[]) =>
    folders.map((folder) => bucket.arnForObjects(`training/${folder}/*`));
  const log = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '/aws/sagemaker/TrainingJobs*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const containers = stack.formatArn({
    service: 'ecr',
    account: CONTAINERS_ACCOUNT,
    resource: 'repository',
    resourceName: 'pytorch-training',
  });
  const may: readonly (readonly [string[], string[]])[] = [
    // a job that goes on after an interruption reads its checkpoints
    [['s3:GetObject'], objects('data', 'source', 'checkpoints')],
    [['s3:PutObject'], objects('output', 'checkpoints')],
    [['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'], [log]],
    [['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], [containers]],
    [['ecr:GetAuthorizationToken'], ['*']],
  ];
  for (const [actions, resources] of may) role.addToPolicy(new PolicyStatement({ actions, resources }));
  role.addToPolicy(
    new PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': 'training/*' } },
    }),
  );
  // it knows no resource: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
  role.addToPolicy(
    new PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': '/aws/sagemaker/TrainingJobs' } },
    }),
  );
  return role;
}
