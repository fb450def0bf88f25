import { type App, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What cdk-nag finds and we leave so, and why. */
export interface AcceptedFinding {
  /** Where: the path of a construct, from its stack on. */
  readonly path: string;
  /** By cdk-nag's own names: https://github.com/cdklabs/cdk-nag/blob/main/RULES.md */
  readonly ids: readonly string[];
  readonly reason: string;
  /** Whether it is found only where there is a domain. */
  readonly ofDomain?: true;
}

const ARCHIVE = 'Resource::<ArchiveDA4CB258.Arn>';
const ARTIFACTS = 'Resource::<Artifacts82DD59A1.Arn>';
const EC2 = 'Resource::arn:<AWS::Partition>:ec2:<region>';

export const ACCEPTED_FINDINGS: readonly AcceptedFinding[] = [
  {
    path: 'VibeStorage/Archive',
    ids: ['S1'],
    reason: 'Access logs would keep the names of what a person had after the person was forgotten.',
  },
  {
    path: 'VibeStorage/Artifacts',
    ids: ['S1'],
    reason: 'It holds releases and training files, which are nobody’s secret; only two roles read it.',
  },
  {
    path: 'VibeStorage/Settings',
    ids: ['SMG4'],
    reason:
      'Discord, Telegram, OpenAI and Google make the tokens: a person changes them, and the bot takes them up.',
  },
  {
    path: 'VibeStorage/ArchiveFunctionRole',
    ids: [`IAM5[${ARCHIVE}/images/*]`, `IAM5[${ARCHIVE}/records/*]`],
    reason: 'It writes objects whose names are hashes: of the bucket’s two folders, no more.',
  },
  {
    path: 'VibeStorage/EraseFunctionRole',
    ids: [`IAM5[${ARCHIVE}/images/*]`, `IAM5[${ARCHIVE}/records/*]`],
    reason: 'It deletes objects whose names are hashes: of the bucket’s two folders, no more.',
  },
  {
    path: 'VibeStorage/TrainingRole',
    ids: [
      ...['data', 'source', 'checkpoints', 'output'].map((name) => `IAM5[${ARTIFACTS}/training/${name}/*]`),
      'IAM5[Resource::arn:<AWS::Partition>:logs:<region>:<AWS::AccountId>:log-group:/aws/sagemaker/TrainingJobs*]',
    ],
    reason: 'Every job has files and log streams of its own, in these folders and this log group.',
  },
  {
    path: 'VibeStorage/TrainingRole',
    ids: ['IAM5[Resource::*]'],
    reason:
      'Neither ecr:GetAuthorizationToken, which reads only, nor PutMetricData, held to one namespace, knows a resource.',
  },
  {
    path: 'VibeBot/Network',
    ids: ['VPC7'],
    reason: 'One instance that calls out over TLS: a log of its packets would cost more than it tells.',
  },
  {
    path: 'VibeBot/SnapshotRole',
    ids: [`IAM5[${EC2}::snapshot/*]`, `IAM5[${EC2}:<AWS::AccountId>:volume/*]`],
    reason:
      'A snapshot has no name before it is made; volumes, and what may be deleted, are told by their tag.',
  },
  {
    path: 'VibeBot/SnapshotRole',
    ids: ['IAM5[Resource::*]'],
    reason: 'ec2:DescribeVolumes and its like, which read only, know no resource.',
  },
  {
    path: 'VibeBot/InstanceRole',
    ids: ['IAM5[Resource::VibeStorage:ExportsOutputFnGetAttArtifacts82DD59A1Arn3B515032/releases/*]'],
    reason: 'Any release can be gone back to.',
  },
  {
    path: 'VibeBot/InstanceRole',
    ids: [`IAM5[${EC2}:<AWS::AccountId>:instance/*]`],
    reason: 'An instance has no name before it is there; a condition leaves only those of the group.',
  },
  {
    path: 'VibeBot/Group',
    ids: ['EC26'],
    reason: 'The rule cannot read a launch template. Its one volume is encrypted.',
  },
  {
    path: 'VibeBot/Group',
    ids: ['AS3'],
    reason: 'Spot instances come and go by design; an alarm tells when the bot is not healthy.',
  },
  {
    path: 'VibeBot/Firewall',
    ids: ['EC23'],
    reason: 'Telegram calls the webhook and Let’s Encrypt asks on port 80, both from addresses that change.',
    ofDomain: true,
  },
  {
    path: 'VibeBot/GiveAddress',
    ids: ['instance', 'network-interface'].map((type) => `IAM5[${EC2}:<AWS::AccountId>:${type}/*]`),
    reason:
      'Neither has a name before it is there; conditions leave the group’s instances, and their network.',
    ofDomain: true,
  },
  {
    path: 'VibeBot/GiveAddress',
    ids: ['SF1', 'SF2'],
    reason:
      'It is one call, whose history Step Functions keeps itself; both would need rights over everything.',
    ofDomain: true,
  },
];

/** Gives cdk-nag the reasons. Throws where a path leads nowhere. */
export function acceptFindings(
  app: App,
  accepted: readonly AcceptedFinding[],
  { region, hasDomain }: { readonly region: string; readonly hasDomain: boolean },
): void {
  for (const { path, ids, reason, ofDomain = false } of accepted) {
    if (ofDomain && !hasDomain) continue;
    const construct = path.split('/').reduce<IConstruct>((scope, id) => scope.node.findChild(id), app);
    const acknowledgments = ids.map((id) => ({
      id: `AwsSolutions-${id.replace('<region>', region)}`,
      reason,
    }));
    Validations.of(construct).acknowledge(...acknowledgments);
  }
}
