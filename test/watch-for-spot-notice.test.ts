import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { InstanceMetadataConfig } from '../src/config.ts';
import { isEc2Machine } from '../src/services/is-ec2-machine.ts';
import { watchForSpotNotice } from '../src/watch-for-spot-notice.ts';
import { startFakeImds } from './support/aws/fake-imds.ts';
import { recordLog } from './support/record-telemetry.ts';

async function open() {
  const imds = await startFakeImds();
  onTestFinished(() => imds.close());
  const { log, lines } = recordLog();
  const stop = new AbortController();
  const counts = { noticed: 0 };
  const watch = (config: InstanceMetadataConfig | null, sleep = async () => {}) =>
    watchForSpotNotice(
      { config, clock: () => 0, sleep, log, noticed: () => void counts.noticed++ },
      stop.signal,
    );
  return { imds, lines, stop, counts, watch };
}

it('tells once of the notice, and asks no more', async () => {
  const { imds, lines, counts, watch } = await open();
  imds.interrupt('2030-05-01T10:02:00Z');
  await watch({ endpoint: imds.origin });
  expect(counts.noticed).toBe(1);
  const details = { notice: 'interruption', at: '2030-05-01T10:02:00Z' };
  expect(lines).toEqual([{ level: 'warn', message: 'EC2 takes this instance away: stopping', details }]);
  expect(imds.calls).toHaveLength(2);
});

it('asks nobody where it is not to', async () => {
  const { imds, counts, watch } = await open();
  imds.interrupt();
  await watch(null);
  expect([counts.noticed, imds.calls.length]).toEqual([0, 0]);
});

it('ends with the signal and tells nothing', async () => {
  const { imds, lines, counts, stop, watch } = await open();
  await watch({ endpoint: imds.origin }, async () => {
    stop.abort(new Error('stopped'));
    stop.signal.throwIfAborted();
  });
  expect([counts.noticed, lines]).toEqual([0, []]);
});

it('says that a fault of its own has ended it', async () => {
  const { imds, lines, counts, watch } = await open();
  await watch({ endpoint: imds.origin }, async () => {
    throw new Error('a fault');
  });
  expect([counts.noticed, lines.map(({ level }) => level)]).toEqual([0, ['error']]);
});

it.each<[string | null, boolean]>([
  ['Amazon EC2\n', true],
  ['QEMU\n', false],
  [null, false],
])('knows a machine of Amazon’s by its vendor: %j is one: %j', async (vendor, isIt) => {
  const folder = await mkdtemp(join(tmpdir(), 'vibe-dmi-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'sys_vendor');
  if (vendor !== null) await writeFile(file, vendor);
  expect(await isEc2Machine(file)).toBe(isIt);
});
