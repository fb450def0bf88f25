import { type ISubnet, type IVpc, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

export interface Network {
  readonly vpc: IVpc;
  /** In the zone of the instance and its volume. */
  readonly subnet: ISubnet;
  readonly securityGroup: SecurityGroup;
}

export interface NetworkOptions {
  readonly zone: 1 | 2;
  /** Whether others may call: the webhook, and 80 for its certificate. */
  readonly isOpen: boolean;
}

/** A network with a public subnet in each of two zones, of which one is used; the other waits for the loss of the first. */
export function addNetwork(scope: Construct, { zone, isOpen }: NetworkOptions): Network {
  // the library is not made for exactOptionalPropertyTypes
  const vpc = new Vpc(scope, 'Network', {
    maxAzs: 2,
    // the instance has an address of its own: a NAT gateway would cost more than all the rest
    natGateways: 0,
    subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24 }],
  }) as IVpc;
  const securityGroup = new SecurityGroup(scope, 'Firewall', {
    vpc,
    description: 'The bot: calls out over TLS; is called only where it has a domain',
    allowAllOutbound: false,
  });
  securityGroup.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'Discord, Telegram, OpenAI, YouTube, AWS');
  if (isOpen) {
    securityGroup.addIngressRule(Peer.anyIpv4(), Port.HTTPS, 'webhook');
    securityGroup.addIngressRule(Peer.anyIpv4(), Port.HTTP, 'proof of the domain for its certificate');
  }
  const subnet = vpc.publicSubnets[zone - 1];
  if (!subnet) throw new RangeError(`there is no zone ${zone}`);
  return { vpc, subnet, securityGroup };
}
