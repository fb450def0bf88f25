import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { type CloudAssembly, VALIDATION_REPORT_FILE } from 'aws-cdk-lib/cx-api';
import { EXIT_CODES } from '../../src/exit-codes.ts';
import { bundleFunctions } from '../archive/bundle-functions.ts';
import { type CloudOptions, createCloudApp } from './cloud-app.ts';
import { CloudError } from './cloud-error.ts';

/**
 * Writes the templates and the bundled functions into the folder; asks nobody outside for anything. Rejects with CloudError
 * where a rule is broken, of cdk-nag or of the CDK itself.
 */
export async function synthesise(options: Omit<CloudOptions, 'functionsFolder'>): Promise<CloudAssembly> {
  const functionsFolder = await mkdtemp(join(tmpdir(), 'vibe-functions-'));
  try {
    await bundleFunctions(functionsFolder);
    return synth(createCloudApp({ ...options, functionsFolder }), options.folder);
  } finally {
    await rm(functionsFolder, { recursive: true });
  }
}

function synth(app: App, folder: string): CloudAssembly {
  try {
    return app.synth();
  } catch (error) {
    if ((error as Error).name !== 'ValidationFailed') throw error;
    const report = join(folder, VALIDATION_REPORT_FILE);
    throw new CloudError(`the templates break rules: ${report} tells which`, EXIT_CODES.failed);
  }
}
