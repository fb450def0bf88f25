import { parseArgs } from 'node:util';

export interface Options {
  readonly dryRun: boolean;
  /** null: as the settings say. */
  readonly guildId: string | null;
  readonly help: boolean;
}

const OPTIONS = {
  'dry-run': { type: 'boolean' },
  guild: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** null when called wrongly. */
export function readOptions(argv: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({ args: [...argv], options: OPTIONS });
    const { guild = null } = values;
    if (guild !== null && !/^\d{15,20}$/.test(guild)) return null;
    return { dryRun: values['dry-run'] ?? false, guildId: guild, help: values.help ?? false };
  } catch {
    return null;
  }
}
