import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { createCloudApp } from '../../../deploy/cloud/cloud-app.ts';
import { parseContext } from '../../../deploy/cloud/read-context.ts';
import { RELEASE } from './release-name.ts';
import { type Template, templateOf } from './template.ts';

/** What CloudFormation would be given, for one context. */
export interface Templates {
  readonly storage: Template;
  readonly bot: Template;
  /** Names of the stacks that CloudFormation would refuse to delete. */
  readonly protectedStacks: readonly string[];
}

/** The templates of a context, made without AWS, and without the CDK's own rules, which take long to load. */
export async function openTemplates(context: Readonly<Record<string, unknown>>): Promise<Templates> {
  process.env['CDK_VALIDATION'] = 'false';
  const folder = await mkdtemp(join(tmpdir(), 'vibe-cloud-'));
  try {
    const functionsFolder = join(folder, 'functions');
    await mkdir(functionsFolder);
    await writeFile(join(functionsFolder, 'archive-lambda.mjs'), 'the functions');
    const app = createCloudApp({
      context: parseContext(context, 'test'),
      release: RELEASE,
      functionsFolder,
      folder: join(folder, 'out'),
    });
    return readTemplates(app.synth());
  } finally {
    await rm(folder, { recursive: true });
  }
}

function readTemplates(assembly: CloudAssembly): Templates {
  const [storage, bot] = ['VibeStorage', 'VibeBot'].map((name) => assembly.getStackByName(name).template);
  const protectedStacks = assembly.stacks.filter(
    ({ terminationProtection = false }) => terminationProtection,
  );
  return {
    storage: templateOf(storage),
    bot: templateOf(bot, storage),
    protectedStacks: protectedStacks.map(({ stackName }) => stackName),
  };
}
