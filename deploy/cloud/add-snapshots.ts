import { Stack } from 'aws-cdk-lib';
import { CfnLifecyclePolicy } from 'aws-cdk-lib/aws-dlm';
import type { Volume } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { SNAPSHOT_TAG } from './add-state-volume.ts';

/** A snapshot of the volume each night, of which the last 14 are kept. */
export function addSnapshots(scope: Construct, volume: Volume): void {
  const role = addRole(scope, volume);
  new CfnLifecyclePolicy(scope, 'Snapshots', {
    description: 'Daily snapshots of the state volume of music-vibe-bot',
    state: 'ENABLED',
    executionRoleArn: role.roleArn,
    policyDetails: {
      resourceTypes: ['VOLUME'],
      targetTags: [SNAPSHOT_TAG],
      schedules: [
        {
          name: 'daily',
          createRule: { interval: 24, intervalUnit: 'HOURS', times: ['03:00'] },
          retainRule: { count: 14 },
          tagsToAdd: [SNAPSHOT_TAG],
        },
      ],
    },
  });
}

/** Less than AWS's own policy for it: https://docs.aws.amazon.com/ebs/latest/userguide/service-role.html */
function addRole(scope: Construct, volume: Volume): Role {
  const stack = Stack.of(scope);
  const role = new Role(scope, 'SnapshotRole', { assumedBy: new ServicePrincipal('dlm.amazonaws.com') });
  const ofEc2 = { service: 'ec2', resource: 'volume', resourceName: volume.volumeId };
  const snapshots = stack.formatArn({ ...ofEc2, account: '', resource: 'snapshot', resourceName: '*' });
  const ours = { StringEquals: { [`aws:ResourceTag/${SNAPSHOT_TAG.key}`]: SNAPSHOT_TAG.value } };
  const made = { StringEquals: { 'ec2:CreateAction': 'CreateSnapshot' } };
  const may = [
    { actions: ['ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:DescribeInstances'], resources: ['*'] },
    { actions: ['ec2:CreateSnapshot'], resources: [stack.formatArn(ofEc2), snapshots] },
    { actions: ['ec2:CreateTags'], resources: [snapshots], conditions: made },
    { actions: ['ec2:DeleteSnapshot'], resources: [snapshots], conditions: ours },
  ];
  for (const statement of may) role.addToPolicy(new PolicyStatement(statement));
  return role;
}
