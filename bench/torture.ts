/**
 * `npm run torture [-- --photos 1000 --users 50 --kills 100 --seed 1]`: the program against local servers of all that it talks
 * to, killed again and again while one after the other fails; then what was lost is counted. Exits with 1 when anything was.
 */

import { parseArgs } from 'node:util';
import { lossesOf } from './torture/losses-of.ts';
import { printTorture } from './torture/print-torture.ts';
import { runTorture } from './torture/run-torture.ts';

/** In which a run of 1,000 photos is through on one slow core. */
const LIMIT_MS = 40 * 60_000;

const { values } = parseArgs({
  options: {
    photos: { type: 'string', default: '1000' },
    users: { type: 'string', default: '50' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
  },
});
const { photos, users, kills, seed } = values;
const options = { photos: Number(photos), users: Number(users), kills: Number(kills), seed: Number(seed) };
console.log(`${photos} photos of ${users} people, ${kills} kills, seed ${seed}`);
const result = await runTorture({ ...options, limitMs: LIMIT_MS, tell: (line) => console.log(line) });
printTorture(result);
const losses = lossesOf(result);
for (const loss of losses) console.log(loss);
console.log(losses.length === 0 ? 'torture passed' : `torture failed: ${losses.length} losses`);
process.exitCode = losses.length === 0 ? 0 : 1;
