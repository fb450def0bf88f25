import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { EXIT_CODES } from '../../src/exit-codes.ts';
import { CloudError } from './cloud-error.ts';

/** What whoever runs the bot chooses about where and how it runs; it holds no secret. */
export interface CloudContext {
  /** Any; the account whose containers trainings run in (add-training-role.ts) does not serve every one. */
  readonly region: string;
  /** Of the two zones that the network reaches, the one where the instance and its volume are. */
  readonly zone: 1 | 2;
  /** What the state volume is made from; null: it begins empty. */
  readonly snapshot: string | null;
  /** A volume in that zone to have the state on, in place of one of the stack's own; null: none. Never with `snapshot`. */
  readonly volume: string | null;
  /** null: long polling, and no open port. */
  readonly domain: Domain | null;
  /** Who is told of alarms and of what is spent; null: nobody. */
  readonly alarmEmail: string | null;
  readonly monthlyBudgetUsd: number;
  /** At most so many runs at once of each function, taken from the account's own number; null: as many as there are. */
  readonly reservedConcurrency: number | null;
}

export interface Domain {
  readonly name: string;
  /** In Route 53. */
  readonly hostedZoneId: string;
  readonly hostedZoneName: string;
}

const domainName = z.string().regex(/^([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/);

const schema = z
  .strictObject({
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
      .default('eu-central-1'),
    zone: z.literal([1, 2]).default(1),
    snapshot: z
      .string()
      .regex(/^snap-[\da-f]{8,17}$/)
      .nullable()
      .default(null),
    volume: z
      .string()
      .regex(/^vol-[\da-f]{8,17}$/)
      .nullable()
      .default(null),
    domain: domainName.nullable().default(null),
    hostedZoneId: z
      .string()
      .regex(/^Z[A-Z\d]{1,31}$/)
      .nullable()
      .default(null),
    hostedZoneName: domainName.nullable().default(null),
    alarmEmail: z.email().nullable().default(null),
    monthlyBudgetUsd: z.number().positive().default(30),
    reservedConcurrency: z.number().int().min(1).nullable().default(null),
  })
  .refine(({ snapshot, volume }) => snapshot === null || volume === null, { path: ['volume'] })
  .refine((given) => (given.domain === null) === (given.hostedZoneId === null), { path: ['hostedZoneId'] })
  .refine((given) => (given.domain === null) === (given.hostedZoneName === null), {
    path: ['hostedZoneName'],
  })
  .refine(
    ({ domain, hostedZoneName }) => !domain || !hostedZoneName || `.${domain}`.endsWith(`.${hostedZoneName}`),
    {
      path: ['domain'],
    },
  );

/** From a file of JSON, each value as usual where it has none. Throws CloudError. */
export async function readContext(file: string): Promise<CloudContext> {
  return parseContext(parseJson(await readFile(file, 'utf8').catch(() => null), file), file);
}

/** Throws CloudError, which names `origin`. */
export function parseContext(given: unknown, origin: string): CloudContext {
  const { data, error } = schema.safeParse(given);
  if (!data) {
    const names = error.issues.map(({ path, code, ...issue }) =>
      code === 'unrecognized_keys' && 'keys' in issue ? issue.keys : path,
    );
    throw unusable(`${origin}: unusable values: ${[...new Set(names.flat())].join(', ')}`);
  }
  const { domain: name, hostedZoneId, hostedZoneName, ...rest } = data;
  const domain = name && hostedZoneId && hostedZoneName ? { name, hostedZoneId, hostedZoneName } : null;
  return { ...rest, domain };
}

function parseJson(text: string | null, file: string): unknown {
  if (text === null) throw unusable(`${file} cannot be read`);
  try {
    return JSON.parse(text);
  } catch {
    throw unusable(`${file} is no JSON`);
  }
}

function unusable(line: string): CloudError {
  return new CloudError(line, EXIT_CODES.wrongUsage);
}
