/**
 * `npm run torture [-- --photos 1000 --users 50 --kills 100 --seed 1]`: the program against local servers of all that it talks
 * to, killed again and again while one after the other fails; then what was lost is counted. Exits with 1 when anything was.
 */

import { parseArgs } from 'node:util';
import { runTorture } from './torture/run-torture.ts';

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
console.log(options);
const result = await runTorture({ ...options, limitMs: 180_000 });
console.log(result);
