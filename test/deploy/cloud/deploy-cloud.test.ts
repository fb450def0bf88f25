import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Outputs, StackName } from '../../../deploy/cloud/cdk-deploy.ts';
import { type DeployTools, deployCloud } from '../../../deploy/cloud/deploy-cloud.ts';
import { parseContext } from '../../../deploy/cloud/read-context.ts';
import { CREDENTIALS, REGION } from '../../support/aws/aws-account.ts';
import { type FakeAws, startFakeAws } from '../../support/aws/fake-aws.ts';
import { RELEASE } from './release-name.ts';

const BUCKET = 'vibe-archive';
const options = {
  context: parseContext({ region: REGION }, 'test'),
  release: null,
  folder: '/nowhere/cloud',
  dryRun: false,
  help: false,
};

/** The SDK would tell the console of what it does not try again. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

let aws: FakeAws;
let deployed: Partial<Record<StackName, Outputs>>;
let shown: string[];
let done: string[];
let release: { readonly file: string; readonly name: string; readonly bytes: Buffer };

beforeEach(async () => {
  aws = await startFakeAws();
  done = [];
  shown = [];
  deployed = { VibeStorage: { ArtifactsBucketName: BUCKET } };
  const folder = await mkdtemp(join(tmpdir(), 'vibe-deploy-'));
  const bytes = randomBytes(300_000);
  const name = `vibe-${createHash('sha256').update(bytes).digest('hex')}.tar.gz`;
  release = { file: join(folder, name), name, bytes };
  await writeFile(release.file, bytes);
  onTestFinished(async () => {
    await aws.close();
    await rm(folder, { recursive: true });
  });
});

/** Real calls to S3; the rest only tells that it was asked for. */
function tools(changed: Partial<DeployTools> = {}): DeployTools {
  const { AWS_ENDPOINT_URL: endpoint = '' } = aws.accountSettings;
  return {
    client: new S3Client({
      ...{ region: REGION, endpoint, credentials: CREDENTIALS, forcePathStyle: true },
      ...{ maxAttempts: 1, logger: SILENT },
    }),
    uncommitted: async () => [],
    deployed: async (stack) => deployed[stack] ?? {},
    async build(folder) {
      done.push(`build ${folder}`);
      return release;
    },
    async synthesise({ release: name, folder }) {
      done.push(`synthesise ${name} ${folder}`);
      const Resources = { Archive1: { Type: 'AWS::S3::Bucket' } };
      return { stacks: [{ stackName: 'VibeStorage', template: { Resources } }] };
    },
    async deploy(stack, folder) {
      done.push(`deploy ${stack} ${folder} ${[...aws.objects.keys()]}`);
      return { ArtifactsBucketName: BUCKET };
    },
    show: (line) => shown.push(line),
    ...changed,
  };
}

it('has the release in its bucket before the machine is deployed, and all templates of one release', async () => {
  await deployCloud(options, tools());
  const key = `releases/${release.name}`;
  expect(done).toEqual([
    'build /nowhere/releases',
    `synthesise ${release.name} /nowhere/cloud`,
    'deploy VibeStorage /nowhere/cloud ',
    `deploy VibeBot /nowhere/cloud ${key}`,
  ]);
  expect(aws.objects.get(key)?.bytes).toEqual(release.bytes);
  expect(aws.objects.get(key)?.contentType).toBe('application/gzip');
});

it('shows what the templates have before anything is made of them', async () => {
  await deployCloud(options, tools());
  expect(shown).toEqual([
    '1. Build a release of the last commit',
    '2. Make the templates in /nowhere/cloud',
    'VibeStorage: 1 resources',
    '  1 AWS::S3::Bucket: Archive1',
    expect.stringMatching(/^3\. cdk deploy VibeStorage /),
    '4. Put the release in the artifacts bucket',
    expect.stringMatching(/^5\. cdk deploy VibeBot /),
    `The release is ${release.name}`,
  ]);
});

it('does not send a release again', async () => {
  await deployCloud(options, tools());
  await deployCloud(options, tools());
  expect(aws.calls.map(({ method }) => method)).toEqual(['HeadObject', 'PutObject', 'HeadObject']);
});

it('goes back to a release that is there, without building anything', async () => {
  aws.put(`releases/${RELEASE}`, Buffer.from('an earlier one'));
  await deployCloud({ ...options, release: RELEASE }, tools());
  expect(done).toEqual([
    `synthesise ${RELEASE} /nowhere/cloud`,
    `deploy VibeStorage /nowhere/cloud releases/${RELEASE}`,
    `deploy VibeBot /nowhere/cloud releases/${RELEASE}`,
  ]);
  expect(aws.calls.map(({ method }) => method)).toEqual(['HeadObject']);
});

it('leaves everything as it is where the release to go back to is not there', async () => {
  const refusal = (where: string) => ({
    ...{ name: 'CloudError', exitCode: 2, message: `there is no release ${RELEASE} in ${where}` },
  });
  const back = () => deployCloud({ ...options, release: RELEASE }, tools());
  await expect(back()).rejects.toMatchObject(refusal(BUCKET));
  deployed = {};
  await expect(back()).rejects.toMatchObject(refusal('AWS, which has no VibeStorage'));
  expect(done).toEqual([]);
});

it('does nothing where the checkout is not as its last commit, unless it goes back', async () => {
  aws.put(`releases/${RELEASE}`, Buffer.from('an earlier one'));
  const uncommitted = async () => ['src/main.ts', 'notes.txt'];
  await expect(deployCloud(options, tools({ uncommitted }))).rejects.toMatchObject({
    ...{ name: 'CloudError', exitCode: 2 },
    message: 'Not committed, so not in the release: src/main.ts, notes.txt',
  });
  expect([done, shown, aws.calls]).toEqual([[], [], []]);
  await deployCloud({ ...options, release: RELEASE }, tools({ uncommitted }));
  expect(done.at(-1)).toMatch(/^deploy VibeBot/);
});

it('does nothing where the bot would lose its state', async () => {
  deployed.VibeBot = { StateVolumeId: 'vol-0aaa', StateOrigin: '"zone":2' };
  await expect(deployCloud(options, tools())).rejects.toMatchObject({
    ...{ name: 'CloudError', exitCode: 2, message: expect.stringMatching(/ vol-0aaa, .* "zone":2 /) },
  });
  expect([done, shown]).toEqual([[], []]);
  await deployCloud({ ...options, context: { ...options.context, zone: 2 } }, tools());
  expect(done.at(-1)).toMatch(/^deploy VibeBot/);
});

it('says in a line that AWS cannot be reached', async () => {
  const unreachable = () => Promise.reject(Object.assign(new Error('…'), { code: 'ECONNREFUSED' }));
  await expect(deployCloud(options, tools({ deployed: unreachable }))).rejects.toMatchObject({
    ...{ name: 'CloudError', exitCode: 1, message: 'AWS cannot be reached (ECONNREFUSED)' },
  });
  expect(done).toEqual([]);
});

it('leaves the machine as it is where the release cannot be sent, and says why without AWS’s words', async () => {
  aws.fail({ method: 'PutObject', kind: 'refuse', code: 'AccessDenied', status: 403 });
  await expect(deployCloud(options, tools())).rejects.toMatchObject({
    ...{ name: 'CloudError', exitCode: 1, message: 'AWS does not allow it (AccessDenied)' },
  });
  expect(done.at(-1)).toMatch(/^deploy VibeStorage/);
});

it('does nothing without credentials', async () => {
  const { AWS_ENDPOINT_URL: endpoint = '' } = aws.accountSettings;
  const credentials = () => Promise.reject(new Error('looked in /home/ann/.aws, and at 169.254.169.254'));
  const client = new S3Client({ region: REGION, endpoint, credentials });
  await expect(deployCloud(options, tools({ client }))).rejects.toMatchObject({
    ...{ name: 'CloudError', exitCode: 2 },
    message: 'there are no AWS credentials: `aws configure` makes them',
  });
  expect([done, aws.calls]).toEqual([[], []]);
});
