/** Bundles the functions for AWS Lambda: `bundle.ts [folder]`. */

import { fileURLToPath } from 'node:url';
import { bundleFunctions } from './bundle-functions.ts';

const [folder = fileURLToPath(new URL('./dist', import.meta.url))] = process.argv.slice(2);

for (const { file, bytes } of await bundleFunctions(folder)) {
  process.stdout.write(`${file} ${Math.round(bytes / 1024)} KiB\n`);
}
