import { Stack } from 'aws-cdk-lib';
import { CfnLifecyclePolicy } from 'aws-cdk-lib/aws-dlm';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { SNAPSHOT_TAG } from './add-state-volume.ts';

/** A snapshot of each volume with the tag each night, of which the last 14 are kept. `alarms` is told when they fail; null: nobody. */
export function addSnapshots(scope: Construct, alarms: Topic | null): void {
  const role = addRole(scope);
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
  if (alarms === null) return;
  // https://docs.aws.amazon.com/ebs/latest/userguide/monitor-cloudwatch-events.html
  new Rule(scope, 'SnapshotsFail', {
    eventPattern: {
      source: ['aws.dlm'],
      detailType: ['DLM Policy State Change'],
      detail: { state: ['ERROR'] },
    },
    targets: [new SnsTopic(alarms)],
  });
}

/**
 * Less than AWS's own policy for it: https://docs.aws.amazon.com/ebs/latest/userguide/service-role.html. By the tag, not by the
 * one volume: the policy fails as a whole where it may not read one that an earlier deployment has left behind.
 */
function addRole(scope: Construct): Role {
  const stack = Stack.of(scope);
  const role = new Role(scope, 'SnapshotRole', { assumedBy: new ServicePrincipal('dlm.amazonaws.com') });
  const ofEc2 = { service: 'ec2', resourceName: '*' };
  const volumes = stack.formatArn({ ...ofEc2, resource: 'volume' });
  const snapshots = stack.formatArn({ ...ofEc2, account: '', resource: 'snapshot' });
  const ours = { StringEquals: { [`aws:ResourceTag/${SNAPSHOT_TAG.key}`]: SNAPSHOT_TAG.value } };
  const may = [
    { actions: ['ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:DescribeInstances'], resources: ['*'] },
    { actions: ['ec2:CreateSnapshot'], resources: [volumes], conditions: ours },
    { actions: ['ec2:CreateSnapshot', 'ec2:CreateTags'], resources: [snapshots] },
    { actions: ['ec2:DeleteSnapshot'], resources: [snapshots], conditions: ours },
  ];
  for (const statement of may) role.addToPolicy(new PolicyStatement(statement));
  return role;
}
