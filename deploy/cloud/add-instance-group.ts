import { AutoScalingGroup, SpotAllocationStrategy, UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
import {
  AmazonLinuxCpuType,
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  InstanceInitiatedShutdownBehavior,
  InstanceType,
  LaunchTemplate,
  MachineImage,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Network } from './add-network.ts';

export interface InstanceGroupOptions {
  readonly name: string;
  readonly network: Network;
  readonly role: Role;
  /** The script of the first start. */
  readonly userData: string;
}

/**
 * Graviton with 2 to 8 GiB: the more there are, the likelier one of them is free in the zone. What is free decides which it is,
 * not the price: the dearest is some three times the cheapest (deploy/README.md).
 */
const INSTANCE_TYPES = [
  ...['t4g.small', 't4g.medium'],
  ...['c6g.medium', 'c7g.medium', 'm6g.medium', 'm7g.medium', 'r6g.medium'],
];

/**
 * One Spot instance, and another when it goes. No more than one, for the volume can be attached to one only; while Auto Scaling
 * replaces an instance that may be interrupted it goes one above the maximum by itself, and the new one waits for the volume.
 * The minimum is 0 so that a deployment can end the old one before it starts the new one, and the bot can be put to rest.
 */
export function addInstanceGroup(scope: Construct, options: InstanceGroupOptions): AutoScalingGroup {
  const { name, network } = options;
  const launchTemplate = addLaunchTemplate(scope, options);
  return new AutoScalingGroup(scope, 'Group', {
    autoScalingGroupName: name,
    vpc: network.vpc,
    vpcSubnets: { subnets: [network.subnet] },
    minCapacity: 0,
    maxCapacity: 1,
    desiredCapacity: 1,
    capacityRebalance: true,
    mixedInstancesPolicy: {
      launchTemplate,
      launchTemplateOverrides: INSTANCE_TYPES.map((type) => ({ instanceType: new InstanceType(type) })),
      instancesDistribution: {
        onDemandBaseCapacity: 0,
        onDemandPercentageAboveBaseCapacity: 0,
        spotAllocationStrategy: SpotAllocationStrategy.CAPACITY_OPTIMIZED,
      },
    },
    updatePolicy: UpdatePolicy.rollingUpdate({ minInstancesInService: 0, maxBatchSize: 1 }),
  });
}

function addLaunchTemplate(
  scope: Construct,
  { network, role, userData }: InstanceGroupOptions,
): LaunchTemplate {
  return new LaunchTemplate(scope, 'Template', {
    // the newest at each deployment
    machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
    role,
    securityGroup: network.securityGroup,
    userData: UserData.custom(userData),
    // once it is powered off (deploy/instance/after-end.sh) it serves nobody
    instanceInitiatedShutdownBehavior: InstanceInitiatedShutdownBehavior.TERMINATE,
    requireImdsv2: true,
    // a container, were there one, could not ask for the instance's credentials
    httpPutResponseHopLimit: 1,
    blockDevices: [
      {
        deviceName: '/dev/xvda',
        volume: BlockDeviceVolume.ebs(8, {
          volumeType: EbsDeviceVolumeType.GP3,
          encrypted: true,
          deleteOnTermination: true,
        }),
      },
    ],
  });
}
