import { describe, expect, it } from 'vitest';
import type { Templates } from './open-templates.ts';
import { mayOf } from './statements.ts';
import type { Template } from './template.ts';

/** Which volume an instance is told to attach, and which one it may. */
function attached(bot: Template): readonly string[] {
  const { LaunchTemplateData } = bot.only('AWS::EC2::LaunchTemplate').properties;
  const { UserData } = LaunchTemplateData as { readonly UserData: string };
  const told = /^VOLUME='(.*)'$/m.exec(UserData)?.[1] ?? '';
  const may = mayOf(bot, 'InstanceRole').filter(({ actions }) => actions.includes('ec2:AttachVolume'));
  const volumes = may.flatMap(({ resources }) => resources).filter((each) => each.includes(':volume/'));
  return [told, ...volumes.map((volume) => volume.replace(/^.*:volume\//, ''))];
}

function secondSubnet(bot: Template) {
  const [, second] = bot.ofType('AWS::EC2::Subnet');
  return { name: second?.name, zone: second?.properties['AvailabilityZone'] };
}

/** `given` are the templates of the usual context, of one with a snapshot and of one with a volume, both in zone 2. */
export function describeVolume(
  given: () => { readonly plain: Templates; readonly moved: Templates; readonly adopting: Templates },
): void {
  describe('after the loss of a zone', () => {
    it('another volume is made from a snapshot in the other zone, and the network stays', () => {
      const { plain, moved } = given();
      const volume = moved.bot.only('AWS::EC2::Volume');
      expect(volume.name).not.toBe(plain.bot.only('AWS::EC2::Volume').name);
      const { name, zone } = secondSubnet(moved.bot);
      expect(volume.properties).toMatchObject({
        SnapshotId: 'snap-0123456789abcdef0',
        AvailabilityZone: zone,
      });
      const group = moved.bot.only('AWS::AutoScaling::AutoScalingGroup');
      expect(group.properties['VPCZoneIdentifier']).toEqual([`<${name}>`]);
      const subnets = ({ bot }: Templates) =>
        bot.ofType('AWS::EC2::Subnet').map(({ properties }) => properties);
      expect(subnets(moved)).toEqual(subnets(plain));
    });

    it('the instance is told of the new volume, and may attach it alone', () => {
      const { bot } = given().moved;
      const { name } = bot.only('AWS::EC2::Volume');
      expect(name).toBe('State2snap0123456789abcdef0');
      expect(attached(bot)).toEqual([`<${name}>`, `<${name}>`]);
      expect(bot.only('AWS::AutoScaling::AutoScalingGroup').dependsOn).toContain(name);
    });

    it('there are snapshots of the new volume', () => {
      const { bot } = given().moved;
      const { PolicyDetails } = bot.only('AWS::DLM::LifecyclePolicy').properties;
      const { TargetTags } = PolicyDetails as { readonly TargetTags: readonly object[] };
      expect(TargetTags).toHaveLength(1);
      expect(bot.only('AWS::EC2::Volume').properties['Tags']).toEqual(
        expect.arrayContaining([...TargetTags]),
      );
    });
  });

  describe('a volume that is there already', () => {
    it('is attached in place of one of the stack’s own', () => {
      const { bot } = given().adopting;
      expect(bot.ofType('AWS::EC2::Volume')).toEqual([]);
      expect(attached(bot)).toEqual(['vol-0123456789abcdef0', 'vol-0123456789abcdef0']);
      const group = bot.only('AWS::AutoScaling::AutoScalingGroup');
      expect(group.properties['VPCZoneIdentifier']).toEqual([`<${secondSubnet(bot).name}>`]);
    });
  });

  describe('the stack', () => {
    it('puts out which volume the state is on, and what the context said of it', () => {
      const { plain, moved, adopting } = given();
      const outputs = [plain, moved, adopting].map(({ bot }) => bot.outputs);
      expect(outputs).toMatchObject([
        { StateVolumeId: '<State1>', StateOrigin: '"zone":1' },
        {
          StateVolumeId: '<State2snap0123456789abcdef0>',
          StateOrigin: '"zone":2,"snapshot":"snap-0123456789abcdef0"',
        },
        {
          StateVolumeId: 'vol-0123456789abcdef0',
          StateOrigin: '"zone":2,"volume":"vol-0123456789abcdef0"',
        },
      ]);
    });
  });
}
