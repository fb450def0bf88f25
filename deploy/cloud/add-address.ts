import { Duration, Stack } from 'aws-cdk-lib';
import { CfnEIP, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { DefinitionBody, JsonPath, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { Domain } from './read-context.ts';

export interface AddressOptions {
  readonly domain: Domain;
  readonly vpc: IVpc;
  readonly groupName: string;
}

/**
 * An address that stays, the domain's record of it, and what gives it to each new instance of the group: AWS itself, told by
 * Auto Scaling, so that the instance needs no right to take an address. Gives what must be there before the first instance.
 */
export function addAddress(scope: Construct, { domain, ...group }: AddressOptions): Rule {
  const address = new CfnEIP(scope, 'Address', { domain: 'vpc' });
  new ARecord(scope, 'Record', {
    zone: HostedZone.fromHostedZoneAttributes(scope, 'Zone', {
      hostedZoneId: domain.hostedZoneId,
      zoneName: domain.hostedZoneName,
    }),
    recordName: `${domain.name}.`,
    target: RecordTarget.fromIpAddresses(address.attrPublicIp),
    ttl: Duration.minutes(5),
  });
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
  return new Rule(scope, 'Launched', {
    eventPattern: {
      source: ['aws.autoscaling'],
      detailType: ['EC2 Instance Launch Successful'],
      detail: { AutoScalingGroupName: [group.groupName] },
    },
    targets: [new SfnStateMachine(addAssociation(scope, { address, ...group }))],
  });
}

interface AssociationOptions extends Omit<AddressOptions, 'domain'> {
  readonly address: CfnEIP;
}

/** One call of EC2, with the instance that Auto Scaling's event names. */
function addAssociation(scope: Construct, { address, vpc, groupName }: AssociationOptions): StateMachine {
  const stack = Stack.of(scope);
  const arnOf = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'ec2', resource, resourceName });
  const may = (resource: string, conditions: Record<string, unknown>) =>
    new PolicyStatement({
      actions: ['ec2:AssociateAddress'],
      resources: [arnOf(resource, '*')],
      conditions,
    });
  const call = new CallAwsService(scope, 'Associate', {
    service: 'ec2',
    action: 'associateAddress',
    parameters: {
      AllocationId: address.attrAllocationId,
      InstanceId: JsonPath.stringAt('$.detail.EC2InstanceId'),
    },
    iamAction: 'ec2:AssociateAddress',
    iamResources: [arnOf('elastic-ip', address.attrAllocationId)],
    additionalIamStatements: [
      may('instance', { StringEquals: { 'aws:ResourceTag/aws:autoscaling:groupName': groupName } }),
      may('network-interface', { ArnEquals: { 'ec2:Vpc': vpc.vpcArn } }),
    ],
  });
  call.addRetry({ interval: Duration.seconds(5), maxAttempts: 6 });
  return new StateMachine(scope, 'GiveAddress', { definitionBody: DefinitionBody.fromChainable(call) });
}
