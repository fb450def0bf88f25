import { parseArgs } from 'node:util';

/** A new job, or one that is under way. */
export interface TrainOptions {
  /** null: it is only followed. */
  readonly start: StartOptions | null;
  readonly name: string;
  /** Where the result goes: a folder that is not there yet. */
  readonly out: string;
  readonly everyMs: number;
}

export interface StartOptions {
  readonly bucket: string;
  readonly role: string;
  readonly instanceType: string;
  readonly image: string | null;
  readonly isSpot: boolean;
  readonly maxHours: number;
  readonly checkpointsOf: string | null;
  readonly hyperparameters: Readonly<Record<string, string>>;
}

export const USAGE = `usage: npm run cloud:train -- --bucket <name> --role <ARN> [options] [-- --epochs 12 …]
       npm run cloud:train -- --follow <job> [--out <folder>]

  --backbone <name>         as models/training/train.py has them; resnet34 begins with torchvision's ImageNet weights
  --instance-type <type>    ml.g5.xlarge unless told
  --image <tag or URI>      of AWS's PyTorch training container
  --name <job>              vibe-<time> unless told
  --checkpoints-of <job>    go on from where a job of the same arguments ended
  --on-demand               not on Spot: dearer, and never interrupted
  --max-hours <hours>       of training, 6 unless told; waiting for Spot may take as long again
  --out <folder>            dist/training/<job> unless told
  --every <seconds>         between two looks at the job, 15 unless told
  after a second --         arguments of models/training/train.py, and --export-size, --max-bytes`;

const OPTIONS = {
  bucket: { type: 'string' },
  role: { type: 'string' },
  backbone: { type: 'string' },
  'instance-type': { type: 'string', default: 'ml.g5.xlarge' },
  image: { type: 'string' },
  name: { type: 'string' },
  follow: { type: 'string' },
  'checkpoints-of': { type: 'string' },
  'on-demand': { type: 'boolean', default: false },
  'max-hours': { type: 'string', default: '6' },
  out: { type: 'string' },
  every: { type: 'string', default: '15' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
const JOB = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
/** `--name value`; where they go in the container is not for the caller to say. */
const PARAMETER = /^--(?!(?:data|work|models|checkpoints|photos)$)([a-z][\w-]*)$/;

/** null when called wrongly. `now` names a job. */
export function readTrainOptions(argv: readonly string[], now: Date): TrainOptions | 'help' | null {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
    return values.help ? 'help' : optionsOf(values, positionals, now);
  } catch {
    return null;
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function optionsOf(values: Values, positionals: readonly string[], now: Date): TrainOptions | null {
  const name = values.follow ?? values.name ?? `vibe-${now.toISOString().slice(0, 19).replace(/[T:]/g, '-')}`;
  const seconds = Number(values.every);
  const start = values.follow === undefined ? startOf(values, positionals) : null;
  const isRight = JOB.test(name) && seconds > 0 && (start !== null || values.follow !== undefined);
  if (!isRight) return null;
  return { start, name, out: values.out ?? `dist/training/${name}`, everyMs: 1000 * seconds };
}

function startOf(values: Values, positionals: readonly string[]): StartOptions | null {
  const { bucket, role, backbone } = values;
  const hyperparameters = pairsOf(backbone ? ['--backbone', backbone, ...positionals] : positionals);
  const maxHours = Number(values['max-hours']);
  const checkpointsOf = values['checkpoints-of'] ?? null;
  const isRight = maxHours > 0 && (checkpointsOf === null || JOB.test(checkpointsOf));
  if (!bucket || !role || !hyperparameters || !isRight) return null;
  const { 'instance-type': instanceType, image = null, 'on-demand': isOnDemand } = values;
  return {
    ...{ bucket, role, hyperparameters, maxHours, checkpointsOf, image },
    instanceType: instanceType ?? '',
    isSpot: !isOnDemand,
  };
}

function pairsOf(args: readonly string[]): Readonly<Record<string, string>> | null {
  const pairs = new Map<string, string>();
  for (let at = 0; at < args.length; at += 2) {
    const [, name] = PARAMETER.exec(args[at] ?? '') ?? [];
    const value = args[at + 1];
    if (!name || value === undefined || pairs.has(name)) return null;
    pairs.set(name, value);
  }
  return Object.fromEntries(pairs);
}
