import { Stack } from 'aws-cdk-lib';
import type { IVolume } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Storage } from './storage-stack.ts';

export interface InstanceRoleOptions {
  readonly storage: Storage;
  readonly volume: IVolume;
  readonly logGroup: LogGroup;
  /** The Auto Scaling group whose instances may have the volume. */
  readonly groupName: string;
}

/** All that the bot's machine may do in AWS. */
export function addInstanceRole(scope: Construct, { storage, ...options }: InstanceRoleOptions): Role {
  const { artifacts, botTable, secret, functions } = storage;
  const role = new Role(scope, 'InstanceRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  const { archive, erase } = functions;
  const may: readonly (readonly [string[], string[]])[] = [
    [['lambda:InvokeFunction'], [archive.functionArn, erase.functionArn]],
    [['secretsmanager:GetSecretValue'], [secret.secretArn]],
    [
      [
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:Query',
        'dynamodb:BatchGetItem',
        'dynamodb:BatchWriteItem',
      ],
      [botTable.tableArn],
    ],
    [['s3:GetObject'], [artifacts.arnForObjects('releases/*')]],
    [
      ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
      [options.logGroup.logGroupArn],
    ],
  ];
  for (const [actions, resources] of may) role.addToPolicy(new PolicyStatement({ actions, resources }));
  for (const statement of attaching(scope, options)) role.addToPolicy(statement);
  return role;
}

/** The one volume, to any instance of the group: only Auto Scaling itself can give an instance this tag. */
function attaching(
  scope: Construct,
  { volume, groupName }: Omit<InstanceRoleOptions, 'storage'>,
): readonly PolicyStatement[] {
  const stack = Stack.of(scope);
  const arnOf = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'ec2', resource, resourceName });
  const actions = ['ec2:AttachVolume'];
  const ofGroup = { StringEquals: { 'aws:ResourceTag/aws:autoscaling:groupName': groupName } };
  return [
    new PolicyStatement({ actions, resources: [arnOf('volume', volume.volumeId)] }),
    new PolicyStatement({ actions, resources: [arnOf('instance', '*')], conditions: ofGroup }),
  ];
}
