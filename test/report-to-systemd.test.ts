import { expect, it } from 'vitest';
import { reportToSystemd } from '../src/report-to-systemd.ts';
import { makeFakeTime } from './support/fake-time.ts';
import { recordLog } from './support/record-telemetry.ts';

const FOREVER = new Promise<never>(() => {});

function open({ watchdogMs = null }: { watchdogMs?: number | null } = {}) {
  const time = makeFakeTime();
  const { log, lines } = recordLog();
  const told: string[] = [];
  const stop = new AbortController();
  const state = { isWell: true as boolean | Error, figures: { outboxSetAside: 0, erasuresWaiting: 0 } };
  const report = reportToSystemd(
    {
      ...{ watchdogMs, log, sleep: time.sleep },
      notify: async (...assignments) => void told.push(assignments.join('|')),
      async health() {
        if (state.isWell instanceof Error) throw state.isWell;
        return { telegram: { ok: true }, discord: { ok: state.isWell } };
      },
      figures: () => state.figures,
    },
    stop.signal,
  );
  const healthy = () => lines.filter(({ message }) => message === 'healthy');
  return { report, time, told, stop, state, lines, healthy };
}

it('is ready once its platforms have started', async () => {
  const { report, time, told } = open();
  const started = Promise.withResolvers<void>();
  report.connecting(started.promise);
  await time.advance(19_999);
  expect(told).toEqual([]);
  started.resolve();
  await time.advance(60_000);
  expect(told).toEqual(['READY=1|STATUS=answering']);
});

it('is ready after twenty seconds where a platform cannot be reached, and says so until it can', async () => {
  const { report, time, told } = open();
  const started = Promise.withResolvers<void>();
  report.connecting(started.promise);
  await time.advance(20_000);
  expect(told).toEqual(['READY=1|STATUS=connecting']);
  started.resolve();
  await time.advance(0);
  expect(told).toEqual(['READY=1|STATUS=connecting', 'STATUS=answering']);
});

it('is ready while another instance answers, and says so once; then it answers itself', async () => {
  const { report, time, told } = open();
  report.standingBy();
  report.standingBy();
  report.connecting(Promise.resolve());
  await time.advance(60_000);
  expect(told).toEqual(['READY=1|STATUS=standing by: another instance answers', 'STATUS=answering']);
});

it('is never ready when a platform cannot be started', async () => {
  const { report, time, told, stop } = open();
  report.connecting(Promise.reject(new Error('the token was refused')));
  await time.advance(1000);
  stop.abort(new Error('stopped'));
  await time.advance(60_000);
  expect(told).toEqual(['STOPPING=1|STATUS=stopping']);
});

it('feeds the watchdog at once and then every third of its time, while all is well and no longer', async () => {
  const { report, time, told, state } = open({ watchdogMs: 90_000 });
  report.connecting(FOREVER);
  await time.advance(20_000);
  expect(told).toEqual(['READY=1|STATUS=connecting', 'WATCHDOG=1']);
  const fed = async (ms: number) => {
    told.length = 0;
    await time.advance(ms);
    return told;
  };
  expect(await fed(29_999)).toEqual([]);
  expect(await fed(1)).toEqual(['WATCHDOG=1']);
  state.isWell = false;
  expect(await fed(120_000)).toEqual([]);
  state.isWell = new Error('the check failed');
  expect(await fed(60_000)).toEqual([]);
  state.isWell = true;
  expect(await fed(30_000)).toEqual(['WATCHDOG=1']);
});

it('feeds no watchdog where there is none', async () => {
  const { report, time, told } = open();
  report.standingBy();
  await time.advance(600_000);
  expect(told).toHaveLength(1);
});

it('says in the log once a minute that all is well, with what waits, and not while it is not', async () => {
  const { report, time, healthy, state, lines } = open();
  await time.advance(60_000);
  expect(healthy()).toEqual([]);
  state.figures = { outboxSetAside: 2, erasuresWaiting: 1 };
  report.standingBy();
  await time.advance(59_999);
  expect(healthy()).toEqual([
    { level: 'info', message: 'healthy', details: { outboxSetAside: 2, erasuresWaiting: 1 } },
  ]);
  await time.advance(1);
  expect(healthy()).toHaveLength(2);
  state.isWell = false;
  await time.advance(300_000);
  expect(healthy()).toHaveLength(2);
  state.isWell = new Error('the check failed');
  await time.advance(60_000);
  expect(lines.at(-1)).toMatchObject({ level: 'error', message: 'The health check failed.' });
});

it('does not say that all is well when it cannot count what waits', async () => {
  const { report, time, healthy, state, lines } = open();
  Object.defineProperty(state, 'figures', {
    get() {
      throw new Error('disk I/O error');
    },
  });
  report.standingBy();
  await time.advance(0);
  expect(healthy()).toEqual([]);
  expect(lines.map(({ level }) => level)).toEqual(['error']);
  await time.advance(60_000);
  expect(lines).toHaveLength(2);
});

it('says that it stops, and nothing more', async () => {
  const { report, time, told, stop, healthy } = open({ watchdogMs: 3000 });
  report.standingBy();
  await time.advance(0);
  told.length = 0;
  stop.abort(new Error('stopped'));
  report.connecting(Promise.resolve());
  await time.advance(600_000);
  expect(told).toEqual(['STOPPING=1|STATUS=stopping']);
  expect(healthy()).toHaveLength(1);
});
