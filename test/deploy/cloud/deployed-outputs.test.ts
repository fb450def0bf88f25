import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { deployedOutputs } from '../../../deploy/cloud/deployed-outputs.ts';
import { CREDENTIALS, REGION } from '../../support/aws/aws-account.ts';
import { type FakeCloudFormation, startFakeCloudFormation } from './start-fake-cloudformation.ts';

let fake: FakeCloudFormation;
let client: CloudFormationClient;

beforeEach(async () => {
  fake = await startFakeCloudFormation();
  client = new CloudFormationClient({
    ...{ region: REGION, endpoint: fake.url, credentials: CREDENTIALS, maxAttempts: 1 },
  });
  onTestFinished(() => fake.close());
});

it('gives what a stack puts out', async () => {
  const outputs = { StateVolumeId: 'vol-0aaa', StateOrigin: '"zone":2' };
  fake.stacks.set('VibeBot', outputs);
  fake.stacks.set('VibeStorage', {});
  expect(await deployedOutputs(client, 'VibeBot')).toEqual(outputs);
  expect(await deployedOutputs(client, 'VibeStorage')).toEqual({});
});

it('gives nothing of a stack that is not there', async () => {
  expect(await deployedOutputs(client, 'VibeBot')).toEqual({});
});

it('does not take a refusal for a stack that is not there', async () => {
  for (const code of ['AccessDenied', 'ValidationError']) {
    fake.refusal = code;
    await expect(deployedOutputs(client, 'VibeBot')).rejects.toMatchObject({ name: code });
  }
});
