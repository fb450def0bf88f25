import { describe, expect, it } from 'vitest';
import { ARCHIVE_TIMEOUT_SECONDS } from '../../../deploy/archive/archive-handler.ts';
import { ERASE_TIMEOUT_SECONDS } from '../../../deploy/archive/erase-handler.ts';
import type { Templates } from './open-templates.ts';
import type { Resource } from './template.ts';

function rulesOf(bucket: Resource | undefined): readonly object[] {
  const { Rules } = { Rules: [], ...(bucket?.properties['LifecycleConfiguration'] as object) };
  return Rules;
}

/** By its type: all stay, and all but the tables go again with a stack whose first deployment fails. */
const KEPT = {
  'AWS::S3::Bucket': 'RetainExceptOnCreate',
  'AWS::DynamoDB::Table': 'Retain',
  'AWS::SecretsManager::Secret': 'RetainExceptOnCreate',
  'AWS::EC2::Volume': 'RetainExceptOnCreate',
};

/** What holds data; `given` are the templates without and with a domain. */
export function describeStorage(given: () => { readonly plain: Templates; readonly full: Templates }): void {
  describe('what holds data', () => {
    it('stays when its stack or its place in it goes', () => {
      const { storage, bot } = given().plain;
      const kept = Object.entries(KEPT).map(([type, deletionPolicy]) => ({
        resources: [...storage.ofType(type), ...bot.ofType(type)],
        policies: { deletionPolicy, replacePolicy: 'Retain' },
      }));
      expect(kept.flatMap(({ resources }) => resources.map(({ name }) => name))).toEqual([
        ...['Archive', 'Artifacts', 'BotTable', 'ArchiveTable', 'Settings', 'State1'],
      ]);
      for (const { resources, policies } of kept) {
        for (const resource of resources) expect(resource).toMatchObject(policies);
      }
    });

    it('does not keep a stack that could not be made from being made again', () => {
      expect(given().plain.protectedStacks).toEqual([]);
    });

    it('is in buckets that are private, encrypted, versioned, and over TLS only', () => {
      const { storage } = given().plain;
      for (const { name, properties } of storage.ofType('AWS::S3::Bucket')) {
        expect(properties).toMatchObject({
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
            ],
          },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          VersioningConfiguration: { Status: 'Enabled' },
        });
        const policies = storage.ofType('AWS::S3::BucketPolicy');
        const policy = policies.find(({ properties: { Bucket } }) => Bucket === `<${name}>`);
        const { Statement } = {
          Statement: [],
          ...(policy?.properties['PolicyDocument'] as { Statement?: object[] }),
        };
        expect(Statement).toContainEqual(
          expect.objectContaining({
            Effect: 'Deny',
            Action: 's3:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        );
        expect(Statement.every((each) => 'Effect' in each && each.Effect === 'Deny')).toBe(true);
      }
    });

    it('never ends by itself where it is a person’s photo or what is known of it', () => {
      const [archive, artifacts] = given().plain.storage.ofType('AWS::S3::Bucket');
      const rules = rulesOf(archive);
      const older = { NoncurrentVersionExpiration: { NoncurrentDays: 30 }, Status: 'Enabled' };
      const toRareAccess = [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }];
      expect(rules).toEqual([
        {
          Id: 'tidy',
          Status: 'Enabled',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          ExpiredObjectDeleteMarker: true,
        },
        { Id: 'images', Prefix: 'images/', Transitions: toRareAccess, ...older },
        { Id: 'records', Prefix: 'records/', ...older },
      ]);
      expect(rulesOf(artifacts)).toContainEqual({
        ...{ Id: 'data', Status: 'Enabled', Prefix: 'training/data/' },
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      });
      const ending = rulesOf(artifacts).filter((rule) => 'ExpirationInDays' in rule);
      expect(ending).toMatchObject([{ Prefix: 'training/checkpoints/', ExpirationInDays: 14 }]);
    });

    it('is in tables on demand, encrypted, that can be put back, and of which one lets rows end', () => {
      const [botTable, archiveTable] = given().plain.storage.ofType('AWS::DynamoDB::Table');
      for (const table of [botTable, archiveTable]) {
        expect(table?.properties).toMatchObject({
          BillingMode: 'PAY_PER_REQUEST',
          SSESpecification: { SSEEnabled: true },
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          DeletionProtectionEnabled: true,
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'S' },
          ],
        });
      }
      const ttl = { AttributeName: 'expires', Enabled: true };
      expect(botTable?.properties['TimeToLiveSpecification']).toEqual(ttl);
      expect(archiveTable?.properties).not.toHaveProperty('TimeToLiveSpecification');
    });

    it('has no token in the templates: the secret begins with empty ones, and a signing secret of its own', () => {
      const { GenerateSecretString } = given().plain.storage.only('AWS::SecretsManager::Secret').properties;
      const { SecretStringTemplate, GenerateStringKey } = GenerateSecretString as Record<string, string>;
      expect(GenerateStringKey).toBe('SIGNING_SECRET');
      // another text would make CloudFormation throw away the tokens that were filled in
      expect(SecretStringTemplate).toBe(
        '{"DISCORD_TOKEN":"","TELEGRAM_TOKEN":"","TELEGRAM_WEBHOOK_SECRET":"","OPENAI_API_KEY":"","YOUTUBE_API_KEY":""}',
      );
    });
  });

  describe('the functions', () => {
    it('run on Node 24 and arm64, each with its own handler, role, time and log', () => {
      const functions = given().plain.storage.ofType('AWS::Lambda::Function');
      const own = (name: string, file: string, seconds: number) => ({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: `${file}.handler`,
        Timeout: seconds,
        Role: `<${name}Role.Arn>`,
        Environment: { Variables: { ARCHIVE_BUCKET: '<Archive>', ARCHIVE_TABLE: '<ArchiveTable>' } },
        LoggingConfig: { LogGroup: `<${name}Log>`, LogFormat: 'Text' },
      });
      expect(functions.map(({ properties }) => properties)).toMatchObject([
        own('ArchiveFunction', 'archive-lambda', ARCHIVE_TIMEOUT_SECONDS),
        own('EraseFunction', 'erase-lambda', ERASE_TIMEOUT_SECONDS),
      ]);
    });

    it('reserve runs only where the context says so', () => {
      const reserved = ({ storage }: Templates) =>
        storage
          .ofType('AWS::Lambda::Function')
          .map((each) => each.properties['ReservedConcurrentExecutions']);
      expect(reserved(given().plain)).toEqual([undefined, undefined]);
      expect(reserved(given().full)).toEqual([5, 5]);
    });
  });
}
