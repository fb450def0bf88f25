import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { createPrometheusTelemetry, type QueueDepth } from '../../src/services/prometheus-telemetry.ts';

const EMPTY: QueueDepth = { photo: { waiting: 0, running: 0 }, quick: { waiting: 0, running: 0 } };

it('counts each event under its name and labels', async () => {
  const telemetry = createPrometheusTelemetry({ queue: async () => EMPTY });
  telemetry.count({ name: 'requests', platform: 'telegram', command: 'vibe' });
  telemetry.count({ name: 'requests', platform: 'telegram', command: 'vibe' });
  telemetry.count({ name: 'answers', platform: 'discord', command: 'why', outcome: 'done' });
  telemetry.count({ name: 'errors', kind: 'bug' });
  telemetry.count({ name: 'outside_calls', service: 'telegram', method: 'sendPhoto', outcome: '429' });
  telemetry.count({ name: 'refusals', reason: 'limit' });
  telemetry.count({ name: 'possible_duplicates', platform: 'telegram' });
  telemetry.count({ name: 'undeliverable', platform: 'discord' });
  telemetry.count({ name: 'dead', platform: 'telegram' });
  const lines = (await telemetry.metrics()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'vibe_requests_total{platform="telegram",command="vibe"} 2',
      'vibe_answers_total{platform="discord",command="why",outcome="done"} 1',
      'vibe_errors_total{kind="bug"} 1',
      'vibe_outside_calls_total{service="telegram",method="sendPhoto",outcome="429"} 1',
      'vibe_refusals_total{reason="limit"} 1',
      'vibe_possible_duplicates_total{platform="telegram"} 1',
      'vibe_undeliverable_total{platform="discord"} 1',
      'vibe_dead_total{platform="telegram"} 1',
    ]),
  );
  expect(telemetry.contentType).toContain('text/plain; version=');
});

it('sorts times into seconds, and takes no nonsense', async () => {
  const telemetry = createPrometheusTelemetry({ queue: async () => EMPTY });
  telemetry.time('classify', 2);
  telemetry.time('classify', 2_000);
  telemetry.time('classify', Number.NaN);
  const text = await telemetry.metrics();
  expect(text).toContain('vibe_stage_seconds_bucket{le="0.001",stage="classify"} 0\n');
  expect(text).toContain('vibe_stage_seconds_bucket{le="0.003",stage="classify"} 1\n');
  expect(text).toContain('vibe_stage_seconds_bucket{le="30",stage="classify"} 2\n');
  expect(text).toContain('vibe_stage_seconds_sum{stage="classify"} 2.002\n');
});

it('asks for the queue at every scrape, and goes without when that fails', async () => {
  let queue = async (): Promise<QueueDepth> => ({ ...EMPTY, photo: { waiting: 3, running: 2 } });
  const telemetry = createPrometheusTelemetry({ queue: () => queue() });
  expect(await telemetry.metrics()).toContain('vibe_queue_depth{lane="photo",state="waiting"} 3\n');
  for (const failing of [
    async () => Promise.reject(new Error('closed')),
    () => {
      throw new Error('closed');
    },
  ]) {
    queue = failing;
    const text = await telemetry.metrics();
    expect(text).not.toContain('vibe_queue_depth{');
    expect(text).toContain('# TYPE vibe_requests_total counter');
  }
  queue = async () => EMPTY;
  expect(await telemetry.metrics()).toContain('vibe_queue_depth{lane="photo",state="waiting"} 0\n');
});

it('has the process in it too, apart from another registry, and forgets all when closed', async () => {
  const [one, other] = [1, 2].map(() => createPrometheusTelemetry({ queue: async () => EMPTY }));
  one?.count({ name: 'errors', kind: 'bug' });
  expect(await one?.metrics()).toContain('process_resident_memory_bytes ');
  expect(await other?.metrics()).not.toContain('kind="bug"');
  one?.close();
  expect((await one?.metrics())?.trim()).toBe('');
});

it('keeps no process from ending', async () => {
  const url = new URL('../../src/services/prometheus-telemetry.ts', import.meta.url).href;
  const script = `
    import { createPrometheusTelemetry } from ${JSON.stringify(url)};
    const telemetry = createPrometheusTelemetry({ queue: async () => ({}) });
    console.log((await telemetry.metrics()).includes('nodejs_eventloop_lag_seconds'));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout.trim()).toBe('true');
});
