import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { EXIT_CODES } from '../../src/exit-codes.ts';
import { CloudError } from './cloud-error.ts';

const CDK = fileURLToPath(import.meta.resolve('aws-cdk/bin/cdk'));

export type StackName = 'VibeStorage' | 'VibeBot';
/** A stack's outputs, by their names. */
export type Outputs = Readonly<Record<string, string>>;

/**
 * Lets AWS's command line deploy one stack of the folder's templates; what it prints is seen by whoever deploys. Gives what
 * the stack puts out, which is also written to `<folder>-<stack>.json`. Rejects with CloudError.
 */
export async function cdkDeploy(stack: StackName, folder: string): Promise<Outputs> {
  const file = `${folder}-${stack}.json`;
  const child = spawn(process.execPath, [CDK, ...deployArgs(stack, folder), '--outputs-file', file], {
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new CloudError(`cdk could not deploy ${stack}`, EXIT_CODES.failed);
  const { [stack]: outputs = {} }: Record<string, Outputs> = JSON.parse(await readFile(file, 'utf8'));
  return outputs;
}

/** As they are typed behind `cdk`. */
export function deployArgs(stack: StackName, folder: string): readonly string[] {
  return [
    ...['deploy', stack, '--exclusively', '--app', folder],
    // whoever deploys has seen the list of resources, and may not be at a terminal
    ...['--require-approval', 'never'],
    // it would tell AWS of each call
    '--no-telemetry',
  ];
}
