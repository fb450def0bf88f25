import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeMachine } from './machine-cases.ts';
import { openTemplates, type Templates } from './open-templates.ts';
import { describeRights } from './rights-cases.ts';
import { describeStorage } from './storage-cases.ts';
import { describeWatching } from './watching-cases.ts';

const EXAMPLE = new URL('../../../deploy/cloud/context.example.json', import.meta.url);

let templates: { readonly plain: Templates; readonly full: Templates; readonly moved: Templates };

beforeAll(async () => {
  templates = {
    plain: await openTemplates({}),
    full: await openTemplates(JSON.parse(readFileSync(EXAMPLE, 'utf8'))),
    moved: await openTemplates({ zone: 2, snapshot: 'snap-0123456789abcdef0' }),
  };
}, 120_000);

describeRights(() => templates);
describeStorage(() => templates);
describeMachine(() => templates);
describeWatching(() => templates);

describe('after the loss of a zone', () => {
  it('another volume is made from a snapshot in the other zone, and the network stays', () => {
    const { plain, moved } = templates;
    const volume = moved.bot.only('AWS::EC2::Volume');
    expect(volume.name).not.toBe(plain.bot.only('AWS::EC2::Volume').name);
    const [, second] = moved.bot.ofType('AWS::EC2::Subnet');
    expect(volume.properties).toMatchObject({
      SnapshotId: 'snap-0123456789abcdef0',
      AvailabilityZone: second?.properties['AvailabilityZone'],
    });
    const group = moved.bot.only('AWS::AutoScaling::AutoScalingGroup');
    expect(group.properties['VPCZoneIdentifier']).toEqual([`<${second?.name}>`]);
    const subnets = ({ bot }: Templates) =>
      bot.ofType('AWS::EC2::Subnet').map(({ properties }) => properties);
    expect(subnets(moved)).toEqual(subnets(plain));
  });
});
