import { describe, expect, it } from 'vitest';
import type { Templates } from './open-templates.ts';
import { RELEASE } from './release-name.ts';
import type { Template } from './template.ts';

interface LaunchData {
  readonly UserData: string;
  readonly BlockDeviceMappings: readonly object[];
}

function launchData(bot: Template): LaunchData {
  return bot.only('AWS::EC2::LaunchTemplate').properties['LaunchTemplateData'] as LaunchData;
}

function ingressOf({ resources }: Template): readonly object[] {
  const ofGroups = resources.filter(({ type }) => type === 'AWS::EC2::SecurityGroup');
  const rules = resources.filter(({ type }) => type === 'AWS::EC2::SecurityGroupIngress');
  return [
    ...ofGroups.flatMap(({ properties }) => (properties['SecurityGroupIngress'] ?? []) as object[]),
    ...rules.map(({ properties }) => properties),
  ];
}

/** The machine; `given` are the templates without and with a domain. */
export function describeMachine(given: () => { readonly plain: Templates; readonly full: Templates }): void {
  describe('the network', () => {
    it('opens no port without a domain', () => {
      expect(ingressOf(given().plain.bot)).toEqual([]);
    });

    it('opens 80 and 443 with one, and nothing for SSH', () => {
      const ports = ingressOf(given().full.bot).map((rule) => ({ ...rule, Description: '' }));
      const open = { CidrIp: '0.0.0.0/0', Description: '', IpProtocol: 'tcp' };
      expect(ports).toEqual([443, 80].map((port) => ({ ...open, FromPort: port, ToPort: port })));
      const { KeyName } = { KeyName: undefined, ...launchData(given().full.bot) };
      expect(KeyName).toBeUndefined();
    });

    it('lets out TLS alone', () => {
      const egress = given().plain.bot.only('AWS::EC2::SecurityGroup').properties['SecurityGroupEgress'];
      expect(egress).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }]);
    });
  });

  describe('the instance', () => {
    it('is asked for its metadata by version 2 alone, over one hop', () => {
      expect(launchData(given().plain.bot)).toMatchObject({
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        IamInstanceProfile: { Arn: '<TemplateProfile.Arn>' },
      });
      const { properties } = given().plain.bot.only('AWS::IAM::InstanceProfile');
      expect(properties['Roles']).toEqual(['<InstanceRole>']);
    });

    it('is gone once it is powered off, so that its volume is free', () => {
      expect(launchData(given().plain.bot)).toMatchObject({ InstanceInitiatedShutdownBehavior: 'terminate' });
    });

    it('has encrypted disks', () => {
      const { bot } = given().plain;
      expect(launchData(bot).BlockDeviceMappings).toMatchObject([
        { Ebs: { Encrypted: true, VolumeType: 'gp3', DeleteOnTermination: true } },
      ]);
      expect(bot.only('AWS::EC2::Volume').properties).toMatchObject({ Encrypted: true, VolumeType: 'gp3' });
    });

    it('is one of Spot, of several kinds, replaced ahead of time, in the zone of its volume', () => {
      const { bot } = given().plain;
      const group = bot.only('AWS::AutoScaling::AutoScalingGroup');
      expect(group.properties).toMatchObject({
        AutoScalingGroupName: 'vibe-bot',
        MinSize: '0',
        MaxSize: '1',
        DesiredCapacity: '1',
        CapacityRebalance: true,
        MixedInstancesPolicy: {
          InstancesDistribution: {
            OnDemandBaseCapacity: 0,
            OnDemandPercentageAboveBaseCapacity: 0,
            SpotAllocationStrategy: 'capacity-optimized',
          },
        },
      });
      const { LaunchTemplate } = group.properties['MixedInstancesPolicy'] as {
        LaunchTemplate: { Overrides: { InstanceType: string }[] };
      };
      const kinds = LaunchTemplate.Overrides.map(({ InstanceType }) => InstanceType);
      expect(kinds.length).toBeGreaterThan(4);
      // Graviton, and at least 2 GiB
      for (const kind of kinds) expect(kind).toMatch(/^(t4g\.(small|medium)|[cmr][67]g\.medium)$/);
      const [subnet] = group.properties['VPCZoneIdentifier'] as string[];
      const zone = bot.ofType('AWS::EC2::Subnet').find(({ name }) => `<${name}>` === subnet)?.properties;
      expect(bot.only('AWS::EC2::Volume').properties['AvailabilityZone']).toEqual(zone?.['AvailabilityZone']);
      expect(group.updatePolicy).toMatchObject({ AutoScalingRollingUpdate: { MinInstancesInService: 0 } });
    });

    it('starts only when it has its rights, its volume and, with a domain, its address', () => {
      const dependsOn = ({ bot }: Templates) => bot.only('AWS::AutoScaling::AutoScalingGroup').dependsOn;
      const always = ['InstanceRoleDefaultPolicy', 'State1'];
      expect(dependsOn(given().plain)).toEqual(expect.arrayContaining(always));
      expect(dependsOn(given().full)).toEqual(expect.arrayContaining([...always, 'Launched']));
    });

    it('is told its release, volume, log and settings, none of which is a secret', () => {
      const told = launchData(given().plain.bot).UserData;
      for (const line of [
        "REGION='eu-central-1'",
        "VOLUME='<State1>'",
        "BUCKET='<Artifacts>'",
        `RELEASE='${RELEASE}'`,
        "LOG_GROUP='<Log>'",
        "DOMAIN=''",
        "EMAIL=''",
      ]) {
        expect(told.split('\n')).toContain(line);
      }
      const [, settings = ''] = /^SETTINGS='(.*?)'$/ms.exec(told) ?? [];
      expect(settings.split('\n').sort()).toEqual([
        'ARCHIVE_FUNCTION=<ArchiveFunction>',
        'AWS_REGION=eu-central-1',
        'ERASE_FUNCTION=<EraseFunction>',
        'SECRETS_PREFIX=<Settings>',
        'STATE_DIR=/var/lib/vibe',
        'STORE_TABLE=<BotTable>',
      ]);
    });

    it('has a domain, a webhook and an address that stays only where the context names one', () => {
      const { plain, full } = given();
      const told = launchData(full.bot).UserData;
      expect(told).toContain("\nDOMAIN='vibe.example.org'\nEMAIL='you@example.org'\n");
      expect(told).toMatch(/\nTELEGRAM_WEBHOOK_URL=https:\/\/vibe\.example\.org\/telegram('|\n)/);
      expect(launchData(plain.bot).UserData).not.toContain('TELEGRAM_WEBHOOK_URL=');
      expect(full.bot.only('AWS::Route53::RecordSet').properties).toMatchObject({
        Name: 'vibe.example.org.',
        Type: 'A',
        HostedZoneId: 'Z0123456789EXAMPLE',
        ResourceRecords: ['<Address.PublicIp>'],
      });
      const ofDomain = ['AWS::EC2::EIP', 'AWS::Route53::RecordSet', 'AWS::StepFunctions::StateMachine'];
      for (const type of ofDomain) expect(plain.bot.ofType(type)).toEqual([]);
    });

    it('is given the address by AWS when Auto Scaling has started it', () => {
      const { bot } = given().full;
      const { EventPattern, Targets } =
        bot.ofType('AWS::Events::Rule').find(({ name }) => name === 'Launched')?.properties ?? {};
      expect(EventPattern).toEqual({
        source: ['aws.autoscaling'],
        'detail-type': ['EC2 Instance Launch Successful'],
        detail: { AutoScalingGroupName: ['vibe-bot'] },
      });
      expect(Targets).toMatchObject([{ Arn: '<GiveAddress>' }]);
      const machine = bot.only('AWS::StepFunctions::StateMachine').properties['DefinitionString'];
      const { States } = JSON.parse(String(machine));
      expect(States.Associate).toMatchObject({
        Resource: 'arn:<AWS::Partition>:states:::aws-sdk:ec2:associateAddress',
        Parameters: { AllocationId: '<Address.AllocationId>', 'InstanceId.$': '$.detail.EC2InstanceId' },
      });
    });
  });
}
