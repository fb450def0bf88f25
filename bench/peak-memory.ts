/** Run in a process of its own: reads the photos all at once and prints the process's peak memory, MiB. */

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { openReader } from './open-reader.ts';

const [modelFolder = '', ...photos] = process.argv.slice(2);
const reader = await openReader(pathToFileURL(modelFolder), photos[0] ?? '');
const { signal } = new AbortController();
await Promise.all(
  photos.map(async (photo) =>
    reader.look(
      await readFile(photo),
      { why: null, withPhoto: false, withPreviews: false, withCopy: false },
      signal,
    ),
  ),
);
await reader.close();
console.log(peakMiB());

/** Linux's getrusage counts what the parent had when it forked, too; /proc does not. */
function peakMiB(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const [, kib] = readFileSync('/proc/self/status', 'utf8').match(/^VmHWM:\s*(\d+) kB$/m) ?? [];
  return Number(kib) / 1024;
}
