/** Trains the model on SageMaker, follows the job and checks what it made: `train.ts --bucket … --role … [-- …]`. */

import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { EXIT_CODES } from '../../src/exit-codes.ts';
import { type AwsClients, closeAwsClients, openAwsClients } from './aws-clients.ts';
import { checkArtifact, told } from './check-artifact.ts';
import { fetchArtifact } from './fetch-artifact.ts';
import { type EndedJob, followJob } from './follow-job.ts';
import { packSource } from './pack-source.ts';
import { complain, runCommand, show } from './run-command.ts';
import { startJob, uploadSource } from './start-job.ts';
import { readTrainOptions, type StartOptions, type TrainOptions, USAGE } from './train-options.ts';
import { TrainingError } from './training-error.ts';
import { trainingJob } from './training-job.ts';

const LOOK_LIMIT_MS = 60_000;

async function run(options: TrainOptions): Promise<number> {
  const { start, name, out } = options;
  if (existsSync(out)) throw new TrainingError(`${out} is there already: name another folder with --out`);
  const clients = await openAwsClients();
  try {
    if (start) await begin(clients, name, start);
    const ended = await follow(clients, options);
    return ended ? await finish(clients, ended, out) : EXIT_CODES.signals.SIGINT;
  } finally {
    closeAwsClients(clients);
  }
}

async function begin(clients: AwsClients, name: string, start: StartOptions): Promise<void> {
  const source = await packSource();
  const unknown = Object.keys(start.hyperparameters).filter((each) => !source.parameters.has(each));
  if (unknown.length > 0) throw new TrainingError(`models/training takes no --${unknown.join(', --')}`);
  const { region } = clients;
  const job = trainingJob({ ...start, name, region, sourceHash: source.hash });
  await uploadSource(clients, start.bucket, source);
  await startJob(clients, job);
  show(`${name} is started. Ctrl-C leaves it running; follow it again with: ${again(name)}`);
}

function again(name: string): string {
  return `npm run cloud:train -- --follow ${name}`;
}

/** null when whoever looks on has gone. */
async function follow({ sagemaker }: AwsClients, { name, everyMs }: TrainOptions): Promise<EndedJob | null> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  process.once('SIGINT', leave);
  try {
    const looks = { client: sagemaker, everyMs, limitMs: LOOK_LIMIT_MS, show };
    return await followJob(name, looks, leaving.signal);
  } catch (error) {
    complain(`The job is left as it is; follow it again with: ${again(name)}`);
    if (!leaving.signal.aborted) throw error;
    return null;
  } finally {
    process.off('SIGINT', leave);
  }
}

async function finish({ s3 }: AwsClients, job: EndedJob, out: string): Promise<number> {
  if (job.TrainingJobStatus !== 'Completed') throw new TrainingError(whyNot(job));
  const { TrainingTimeInSeconds: seconds = 0, BillableTimeInSeconds: billed = seconds } = job;
  show(`Trained for ${seconds} s, of which ${billed} s are charged.`);
  const draft = `${out}.unchecked`;
  await rm(draft, { recursive: true, force: true });
  try {
    await fetchArtifact(s3, job.ModelArtifacts?.S3ModelArtifacts ?? '', draft);
    show(`Checked: ${told(await checkArtifact(pathToFileURL(`${draft}/`)))}.`);
    await rename(draft, out);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  show(`The model is in ${out}. To use it, and to test the bot with it:`);
  show(`  cp ${out}/genre.onnx ${out}/genre.json ${out}/loss.png ${out}/confusion.png models/`);
  show(`  cp ${out}/goldens/*.json test/fixtures/goldens/ && npm test`);
  return 0;
}

function whyNot({
  TrainingJobName: name,
  TrainingJobStatus: status,
  SecondaryStatus: detail,
  ...job
}: EndedJob) {
  if (status === 'Failed') return `${name} has failed: ${job.FailureReason ?? 'SageMaker does not say why'}`;
  return `${name} was stopped (${detail}); what it has learnt is kept: --checkpoints-of ${name} goes on from there`;
}

const read = (argv: readonly string[]) => readTrainOptions(argv, new Date());
process.exitCode = await runCommand({ usage: USAGE, read, run }, process.argv.slice(2));
