import { describe, expect, it } from 'vitest';
import type { Templates } from './open-templates.ts';
import { mayOf, statementsOf } from './statements.ts';

const EC2 = 'arn:<AWS::Partition>:ec2:eu-central-1:<AWS::AccountId>';
const OF_GROUP = { StringEquals: { 'aws:ResourceTag/aws:autoscaling:groupName': 'vibe-bot' } };
/** They change nothing. */
const READS = /^(ec2:Describe\w+|ecr:GetAuthorizationToken)$/;

/** AWS knows no narrower resource for it. */
const OF_TRAININGS = {
  actions: ['cloudwatch:PutMetricData'],
  resources: ['*'],
  condition: { StringEquals: { 'cloudwatch:namespace': '/aws/sagemaker/TrainingJobs' } },
};

const OF_KIND = /:(instance|volume|network-interface|elastic-ip)\/\*$/;

/** What each role may do; `given` are the templates without and with a domain. */
export function describeRights(given: () => { readonly plain: Templates; readonly full: Templates }): void {
  describe('the rights', () => {
    it('of the instance are these, and nothing else', () => {
      const { plain, full } = given();
      const may = mayOf(plain.bot, 'InstanceRole');
      const table = [
        'GetItem',
        'PutItem',
        'UpdateItem',
        'DeleteItem',
        'Query',
        'BatchGetItem',
        'BatchWriteItem',
      ];
      expect(may).toEqual([
        { actions: ['lambda:InvokeFunction'], resources: ['<ArchiveFunction.Arn>', '<EraseFunction.Arn>'] },
        { actions: ['secretsmanager:GetSecretValue'], resources: ['<Settings>'] },
        { actions: table.map((name) => `dynamodb:${name}`), resources: ['<BotTable.Arn>'] },
        { actions: ['s3:GetObject'], resources: ['<Artifacts.Arn>/releases/*'] },
        {
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
          resources: ['<Log.Arn>'],
        },
        { actions: ['ec2:AttachVolume'], resources: [`${EC2}:volume/<State1>`] },
        { actions: ['ec2:AttachVolume'], resources: [`${EC2}:instance/*`], condition: OF_GROUP },
      ]);
      expect(mayOf(full.bot, 'InstanceRole')).toEqual(may);
    });

    it('of the archive function are to write, and not to delete or list', () => {
      expect(mayOf(given().plain.storage, 'ArchiveFunctionRole')).toEqual([
        { actions: ['s3:PutObject'], resources: ['<Archive.Arn>/images/*', '<Archive.Arn>/records/*'] },
        {
          actions: ['dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:GetItem'],
          resources: ['<ArchiveTable.Arn>'],
        },
        { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: ['<ArchiveFunctionLog.Arn>'] },
      ]);
    });

    it('of the erase function are to delete, and not to put or read objects', () => {
      expect(mayOf(given().plain.storage, 'EraseFunctionRole')).toEqual([
        { actions: ['s3:ListBucketVersions'], resources: ['<Archive.Arn>'] },
        {
          actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
          resources: ['<Archive.Arn>/images/*', '<Archive.Arn>/records/*'],
        },
        {
          actions: ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
          resources: ['<ArchiveTable.Arn>'],
        },
        { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: ['<EraseFunctionLog.Arn>'] },
      ]);
    });

    it('of a training reach training/ of the one bucket, and no photo', () => {
      const may = mayOf(given().plain.storage, 'TrainingRole');
      const ofS3 = may.filter(({ actions }) => actions.some((action) => action.startsWith('s3:')));
      const folders = (...names: string[]) => names.map((name) => `<Artifacts.Arn>/training/${name}/*`);
      expect(ofS3).toEqual([
        { actions: ['s3:GetObject'], resources: folders('data', 'source', 'checkpoints') },
        { actions: ['s3:PutObject'], resources: folders('output', 'checkpoints') },
        {
          actions: ['s3:ListBucket'],
          resources: ['<Artifacts.Arn>'],
          condition: { StringLike: { 's3:prefix': 'training/*' } },
        },
      ]);
      const services = new Set(may.flatMap(({ actions }) => actions.map((action) => action.split(':')[0])));
      expect(services).toEqual(new Set(['s3', 'logs', 'ecr', 'cloudwatch']));
    });

    it('of the nightly snapshots are to make some of volumes with the tag, and to delete none but those', () => {
      const snapshots = ['arn:<AWS::Partition>:ec2:eu-central-1::snapshot/*'];
      const condition = { StringEquals: { 'aws:ResourceTag/vibe-snapshots': 'daily' } };
      expect(mayOf(given().plain.bot, 'SnapshotRole')).toEqual([
        {
          actions: ['ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:DescribeInstances'],
          resources: ['*'],
        },
        { actions: ['ec2:CreateSnapshot'], resources: [`${EC2}:volume/*`], condition },
        { actions: ['ec2:CreateSnapshot', 'ec2:CreateTags'], resources: snapshots },
        { actions: ['ec2:DeleteSnapshot'], resources: snapshots, condition },
      ]);
    });

    it('of what gives the address are over the one address, and over instances of the group', () => {
      const actions = ['ec2:AssociateAddress'];
      expect(mayOf(given().full.bot, 'GiveAddressRole')).toEqual([
        { actions, resources: [`${EC2}:elastic-ip/<Address.AllocationId>`] },
        { actions, resources: [`${EC2}:instance/*`], condition: OF_GROUP },
        {
          actions,
          resources: [`${EC2}:network-interface/*`],
          condition: { ArnEquals: { 'ec2:Vpc': `${EC2}:vpc/<Network>` } },
        },
      ]);
    });

    it('to change something are never over everything, but for figures of trainings', () => {
      const { plain, full } = given();
      const all = [plain.storage, plain.bot, full.storage, full.bot].flatMap((template) =>
        template.ofType('AWS::IAM::Policy').flatMap(({ properties }) => statementsOf(properties)),
      );
      expect(all.length).toBeGreaterThan(40);
      expect(all.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
      const overAll = all.filter(({ resources }) => resources.includes('*'));
      const changing = overAll.filter(({ actions }) => !actions.every((action) => READS.test(action)));
      expect(changing).toEqual([OF_TRAININGS, OF_TRAININGS]);
      // of all instances and network cards only those that a condition leaves
      const overKind = all.filter(({ resources }) => resources.some((resource) => OF_KIND.test(resource)));
      expect(overKind.length).toBeGreaterThan(2);
      for (const { condition } of overKind) expect(condition).toBeDefined();
    });

    it('are in policies of the templates, none of which AWS or another account wrote', () => {
      const { plain, full } = given();
      for (const template of [plain.storage, full.storage, full.bot]) {
        const roles = template.ofType('AWS::IAM::Role');
        expect(roles.length).toBeGreaterThan(1);
        for (const { properties } of roles) {
          expect(properties).not.toHaveProperty('ManagedPolicyArns');
          const { Statement } = properties['AssumeRolePolicyDocument'] as { Statement: object[] };
          expect(Statement).toMatchObject([{ Principal: { Service: expect.any(String) } }]);
        }
      }
    });
  });
}
