/** Makes the templates without an account, and shows what they would make: `synth.ts [--context <file.json>] …`. */

import { NO_RELEASE } from './no-release.ts';
import type { CloudCommandOptions } from './read-cloud-options.ts';
import { runCloudCommand, showLine as show } from './run-cloud-command.ts';

/** The CDK takes seconds to load: who has mistyped an option does not wait for it. */
async function run({ context, release, folder }: CloudCommandOptions): Promise<void> {
  const { synthesise } = await import('./synthesise.ts');
  const { resourceList } = await import('./resource-list.ts');
  const assembly = await synthesise({ context, release: release ?? NO_RELEASE, folder });
  for (const line of resourceList(assembly)) show(line);
  show(`Templates: ${folder}`);
}

process.exitCode = await runCloudCommand(
  { name: 'npm run cloud:synth --', usage: '', run },
  process.argv.slice(2),
);
