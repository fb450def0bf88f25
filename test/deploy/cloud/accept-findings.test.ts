import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ACCEPTED_FINDINGS, type AcceptedFinding } from '../../../deploy/cloud/accept-findings.ts';
import { createCloudApp } from '../../../deploy/cloud/cloud-app.ts';
import { parseContext } from '../../../deploy/cloud/read-context.ts';
import { synthesise } from '../../../deploy/cloud/synthesise.ts';
import { RELEASE } from './release-name.ts';

const EXAMPLE = new URL('../../../deploy/cloud/context.example.json', import.meta.url);
const full = parseContext(JSON.parse(readFileSync(EXAMPLE, 'utf8')), 'example');
const plain = parseContext({}, 'plain');

let folder: string;

beforeAll(async () => {
  vi.stubEnv('CDK_VALIDATION', 'false'); // of the CDK's own rules, which take long to load
  folder = await mkdtemp(join(tmpdir(), 'vibe-findings-'));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** All that cdk-nag finds, as `path: id`, where nothing is accepted. */
function findingsOf(context: typeof plain): readonly string[] {
  const app = createCloudApp({
    ...{ context, release: RELEASE, accepted: [] },
    functionsFolder: join(import.meta.dirname, '../archive'),
    folder: join(folder, `${context.domain !== null}`),
  });
  // only then is it known what one stack takes from the other
  expect(() => app.synth()).toThrow('ERROR');
  const { violations = [] } = new AwsSolutionsChecks().validateScope(app);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${constructPath}: ${ruleName}`),
  );
}

/** Whether the finding, as above, is the one that is accepted under this id. */
function isOf(found: string, path: string, id: string): boolean {
  const name = `AwsSolutions-${id.replace('<region>', plain.region)}`;
  return found.startsWith(`${path}/`) && found.endsWith(`: ${name}`);
}

const idsOf = (accepted: readonly AcceptedFinding[]) =>
  accepted.flatMap(({ path, ids }) => ids.map((id) => [path, id] as const));

it('accepts what cdk-nag finds, with a reason each, and nothing that it does not find', () => {
  for (const { reason } of ACCEPTED_FINDINGS) expect(reason).toMatch(/^[A-Za-z0-9].{25,}\.$/);
  const found = findingsOf(full);
  const all = idsOf(ACCEPTED_FINDINGS);
  expect(found.filter((each) => !all.some(([path, id]) => isOf(each, path, id)))).toEqual([]);
  expect(all.filter(([path, id]) => !found.some((each) => isOf(each, path, id)))).toEqual([]);
});

it('accepts less where there is no domain', () => {
  const found = findingsOf(plain);
  const always = idsOf(ACCEPTED_FINDINGS.filter(({ ofDomain = false }) => !ofDomain));
  expect(found.filter((each) => !always.some(([path, id]) => isOf(each, path, id)))).toEqual([]);
  expect(always.filter(([path, id]) => !found.some((each) => isOf(each, path, id)))).toEqual([]);
});

it('makes no templates of what cdk-nag finds and nobody has accepted, and says where to read what that is', async () => {
  const accepted = ACCEPTED_FINDINGS.filter(({ ids }) => !ids.includes('VPC7'));
  const refused = join(folder, 'refused');
  const made = synthesise({ context: plain, release: RELEASE, folder: refused, accepted });
  const report = join(refused, 'validation-report.json');
  await expect(made).rejects.toMatchObject({
    ...{ name: 'CloudError', exitCode: 1, message: `the templates break rules: ${report} tells which` },
  });
  const { pluginReports } = JSON.parse(await readFile(report, 'utf8'));
  const violations = pluginReports.flatMap((each: { violations: object[] }) => each.violations);
  expect(violations).toMatchObject([{ ruleName: expect.stringMatching(/AwsSolutions-VPC7$/) }]);
});

it('does not accept anything of a construct that is not there', async () => {
  const accepted = [{ path: 'VibeBot/Castle', ids: ['S1'], reason: 'There was one once.' }];
  const made = synthesise({ context: plain, release: RELEASE, folder: join(folder, 'gone'), accepted });
  await expect(made).rejects.toThrow(/Castle/);
});
