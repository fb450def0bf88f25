/** Brings a data set to S3, where training jobs read it: `upload-data.ts --data <folder> --bucket <name>`. */

import { parseArgs } from 'node:util';
import { closeAwsClients, openAwsClients } from './aws-clients.ts';
import { readDataSet } from './read-data-set.ts';
import { runCommand, show } from './run-command.ts';
import { uploadDataSet } from './upload-data-set.ts';

interface UploadDataOptions {
  readonly data: string;
  readonly bucket: string;
}

const USAGE =
  'usage: npm run cloud:upload-data -- --data <folder with labels.tsv and images/> --bucket <name>';
const OPTIONS = {
  data: { type: 'string' },
  bucket: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

function read(argv: readonly string[]): UploadDataOptions | 'help' | null {
  try {
    const { data, bucket, help } = parseArgs({ args: [...argv], options: OPTIONS }).values;
    if (help) return 'help';
    return data && bucket ? { data, bucket } : null;
  } catch {
    return null;
  }
}

async function run({ data, bucket }: UploadDataOptions): Promise<number> {
  const dataSet = await readDataSet(data);
  const genres = Object.entries(dataSet.byGenre).map(([genre, count]) => `${genre} ${count}`);
  show(`${dataSet.ids.length} pictures: ${genres.join(', ')}`);
  const clients = await openAwsClients();
  try {
    const sums = await uploadDataSet({ client: clients.s3, bucket, dataSet, show });
    const megabytes = (sums.bytes / 1e6).toFixed(1);
    show(`${sums.uploaded} uploaded (${megabytes} MB), ${sums.unchanged} unchanged, ${sums.removed} removed`);
    return 0;
  } finally {
    closeAwsClients(clients);
  }
}

process.exitCode = await runCommand({ usage: USAGE, read, run }, process.argv.slice(2));
