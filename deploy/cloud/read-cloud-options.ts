import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type CloudContext, parseContext, readContext } from './read-context.ts';

export interface CloudCommandOptions {
  readonly context: CloudContext;
  /** null: none is named. */
  readonly release: string | null;
  /** Where the templates go. */
  readonly folder: string;
  readonly dryRun: boolean;
  readonly help: boolean;
}

/** Read where no other is named; may be missing, which is like `{}`. */
const CONTEXT = fileURLToPath(new URL('./context.json', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../dist/cloud', import.meta.url));

const OPTIONS = {
  context: { type: 'string' },
  release: { type: 'string' },
  out: { type: 'string' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const CLOUD_USAGE = '[--context <file.json>] [--release <name>] [--out <folder>]';

/** null when called wrongly. Throws CloudError. */
export async function readCloudOptions(argv: readonly string[]): Promise<CloudCommandOptions | null> {
  const values = parse(argv);
  if (!values) return null;
  const { context: file, release = null, out: folder = FOLDER, help = false } = values;
  if (release !== null && !/^vibe-[\da-f]{64}\.tar\.gz$/.test(release)) return null;
  const isUsual = file === undefined && !existsSync(CONTEXT);
  const context = help || isUsual ? parseContext({}, CONTEXT) : await readContext(file ?? CONTEXT);
  return { context, release, folder, dryRun: values['dry-run'] ?? false, help };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS }).values;
  } catch {
    return null;
  }
}
