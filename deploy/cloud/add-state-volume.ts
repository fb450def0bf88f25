import { RemovalPolicy, Size, Tags } from 'aws-cdk-lib';
import { EbsDeviceVolumeType, type ISubnet, type IVolume, Volume } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { StateOrigin } from './state-origin.ts';

export interface VolumeOptions extends StateOrigin {
  readonly subnet: ISubnet;
}

/** What the daily snapshots go by. */
export const SNAPSHOT_TAG = { key: 'vibe-snapshots', value: 'daily' };

/**
 * The disk of STATE_DIR, which outlives every instance. CloudFormation cannot move a volume, so that one of another zone or
 * snapshot is another resource; the one before stays where it is, for whoever wants something of it.
 */
export function addStateVolume(
  scope: Construct,
  { subnet: { availabilityZone }, zone, snapshot, volume: volumeId }: VolumeOptions,
): IVolume {
  if (volumeId !== null) {
    // its tags cannot be set from here: the daily snapshots leave it out unless it has theirs, as a stack's own volume has
    return Volume.fromVolumeAttributes(scope, 'State', { volumeId, availabilityZone });
  }
  const volume = new Volume(scope, `State${zone}${snapshot ?? ''}`, {
    availabilityZone,
    size: Size.gibibytes(10),
    volumeType: EbsDeviceVolumeType.GP3,
    encrypted: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    ...(snapshot !== null && { snapshotId: snapshot }),
  });
  Tags.of(volume).add(SNAPSHOT_TAG.key, SNAPSHOT_TAG.value);
  return volume;
}
