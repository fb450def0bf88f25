import { RemovalPolicy, Size, Tags } from 'aws-cdk-lib';
import { EbsDeviceVolumeType, type ISubnet, Volume } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

export interface VolumeOptions {
  readonly subnet: ISubnet;
  readonly zone: 1 | 2;
  /** null: it begins empty. */
  readonly snapshot: string | null;
}

/** What the daily snapshots go by. */
export const SNAPSHOT_TAG = { key: 'vibe-snapshots', value: 'daily' };

/**
 * The disk of STATE_DIR, which outlives every instance. CloudFormation cannot move a volume, so that one of another zone or
 * snapshot is another resource; the one before stays where it is, for whoever wants something of it.
 */
export function addStateVolume(scope: Construct, { subnet, zone, snapshot }: VolumeOptions): Volume {
  const volume = new Volume(scope, `State${zone}${snapshot ?? ''}`, {
    availabilityZone: subnet.availabilityZone,
    size: Size.gibibytes(10),
    volumeType: EbsDeviceVolumeType.GP3,
    encrypted: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(snapshot !== null && { snapshotId: snapshot }),
  });
  Tags.of(volume).add(SNAPSHOT_TAG.key, SNAPSHOT_TAG.value);
  return volume;
}
