/**
 * `npm run bench:spot [-- --people 6]`: an instance that EC2 takes away, and one that is killed, while people send photos on
 * local servers of all that the program talks to. Exits with 1 when a photo was lost, or answered twice by instances of which
 * none was killed, when none was sent, or when an instance ended or called otherwise than it should.
 */

import { parseArgs } from 'node:util';
import { EXIT_CODES } from '../src/exit-codes.ts';
import type { ReplaceOptions } from './spot-drill/replace-first.ts';
import { runSpotDrill } from './spot-drill/run-spot-drill.ts';

const LIMIT_MS = 5 * 60_000;

const DRILLS: Readonly<Record<string, ReplaceOptions>> = {
  'interruption, its volume moves': { end: 'interruption', volume: 'moves', isStuck: false },
  'rebalance, its volume moves, photos are stuck': { end: 'rebalance', volume: 'moves', isStuck: true },
  'interruption, another stands by': { end: 'interruption', volume: 'own', isStuck: false },
  'rebalance, another stands by, photos are stuck': { end: 'rebalance', volume: 'own', isStuck: true },
  'killed, its volume moves': { end: 'kill', volume: 'moves', isStuck: false },
  'killed, another stands by': { end: 'kill', volume: 'own', isStuck: false },
};

const { values } = parseArgs({ options: { people: { type: 'string', default: '6' } } });
const people = Number(values.people);
const seconds = (ms: number | null) => (ms === null ? '–' : (ms / 1000).toFixed(1));
let isBad = false;
for (const [name, drill] of Object.entries(DRILLS)) {
  const result = await runSpotDrill({ ...drill, people, limitMs: LIMIT_MS });
  console.log(name);
  console.table({
    'exit code': result.exitCode,
    'notice seen after, s': seconds(result.noticeSeenAfterMs),
    'drained in, s': seconds(result.drainedInMs),
    'something was left': result.isLeft,
    'the next one answers after, s': seconds(result.takeoverAfterMs),
    'photos accepted': result.photos,
    'answered once': result.once,
    'answered twice': result.twice,
    lost: result.lost,
    'polls that were refused': result.conflicts,
    'exit codes of the others': result.laterExitCodes.join(' '),
    'calls that no platform would take': result.violations,
  });
  const isAsked = drill.end !== 'kill';
  isBad ||= result.lost > 0 || result.photos === 0 || result.violations > 0;
  isBad ||= isAsked && (result.twice > 0 || result.exitCode !== EXIT_CODES.spotNotice);
}
process.exitCode = isBad ? 1 : 0;
