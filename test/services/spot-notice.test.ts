import { expect, it, onTestFinished } from 'vitest';
import { createInstanceMetadata } from '../../src/services/instance-metadata.ts';
import { untilSpotNotice } from '../../src/services/spot-notice.ts';
import { type FakeImds, type ImdsFault, startFakeImds } from '../support/aws/fake-imds.ts';
import { recordLog } from '../support/record-telemetry.ts';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const INTERRUPTION = '/latest/meta-data/spot/instance-action';
const REBALANCE = '/latest/meta-data/events/recommendations/rebalance';
const HOUR_MS = 3_600_000;

interface Watch {
  readonly imds: FakeImds;
  readonly lines: ReturnType<typeof recordLog>['lines'];
  /** So many looks, one after the other; the notice, if one of them has found it. */
  look(times?: number): Promise<unknown>;
  /** Lets so many milliseconds pass. */
  pass(ms: number): void;
  readonly pauses: readonly number[];
}

/** One that is asked only when the test says so, and never waits for longer than `limitMs`. */
async function watch(limitMs = 10_000): Promise<Watch> {
  const imds = await startFakeImds();
  onTestFinished(() => imds.close());
  const { log, lines } = recordLog();
  let now = 0;
  const metadata = createInstanceMetadata({ endpoint: imds.origin, clock: () => now, limitMs });
  const pauses: number[] = [];
  return {
    imds,
    lines,
    pauses,
    look(times = 1) {
      let left = times;
      const over = new Error('looked');
      const sleep = async (ms: number) => {
        pauses.push(ms);
        left -= 1;
        if (left === 0) throw over;
      };
      const { signal } = new AbortController();
      return untilSpotNotice({ metadata, sleep, log }, signal).catch((error) => {
        if (error !== over) throw error;
        return null;
      });
    },
    pass(ms) {
      now += ms;
    },
  };
}

const methodsOf = ({ calls }: FakeImds) => calls.map(({ method }) => method);

it('asks for either notice every five seconds, with one token, while there is none', async () => {
  const { imds, look, pauses, lines } = await watch();
  expect(await look(3)).toBeNull();
  const round = [INTERRUPTION, REBALANCE];
  expect(methodsOf(imds)).toEqual(['token', ...round, ...round, ...round]);
  expect(pauses).toEqual([5000, 5000, 5000]);
  expect(lines).toEqual([]);
});

it('tells of a recommendation to rebalance', async () => {
  const { imds, look } = await watch();
  imds.recommendRebalance('2030-05-01T10:00:00Z');
  expect(await look()).toEqual({ kind: 'rebalance', at: '2030-05-01T10:00:00Z' });
});

it('tells of an interruption, and of that alone where both are there', async () => {
  const { imds, look } = await watch();
  expect(await look()).toBeNull();
  imds.recommendRebalance();
  imds.interrupt('2030-05-01T10:02:00Z');
  expect(await look()).toEqual({ kind: 'interruption', at: '2030-05-01T10:02:00Z' });
});

it('gets another token when half of the last one’s life is over', async () => {
  const { imds, look, pass } = await watch();
  await look();
  pass(3 * HOUR_MS - 1);
  await look();
  expect(methodsOf(imds).filter((method) => method === 'token')).toHaveLength(1);
  pass(1);
  await look();
  expect(methodsOf(imds).filter((method) => method === 'token')).toHaveLength(2);
});

it('gets another token when the last one is not taken any more, and asks again at once', async () => {
  const { imds, look, lines } = await watch();
  await look();
  imds.expireTokens();
  imds.interrupt();
  expect(await look()).toMatchObject({ kind: 'interruption' });
  expect(imds.calls.map(({ status }) => status)).toContain(401);
  expect(lines).toEqual([]);
});

it('gives up for now where every token is refused', async () => {
  const { imds, look, lines } = await watch();
  imds.fail({ kind: 'answer', status: 401, body: '', method: INTERRUPTION, ...ALWAYS });
  expect(await look()).toBeNull();
  expect(methodsOf(imds)).toEqual(['token', INTERRUPTION, 'token', INTERRUPTION, REBALANCE]);
  expect(lines.map(({ details }) => details)).toEqual([{ reason: 'status 401' }]);
});

it.each<[ImdsFault & { method: string }, string]>([
  [{ kind: 'drop', method: 'token' }, 'it cannot be reached (UND_ERR_SOCKET)'],
  [{ kind: 'answer', status: 403, body: 'off', method: 'token' }, 'no token (status 403)'],
  [{ kind: 'answer', status: 200, body: '<html>a page</html>', method: 'token' }, 'no token (status 200)'],
  [{ kind: 'answer', status: 500, body: 'down', method: INTERRUPTION }, 'status 500'],
  [
    { kind: 'answer', status: 200, body: '<html>', method: INTERRUPTION },
    'no notice that can be read (interruption)',
  ],
  [{ kind: 'answer', status: 200, body: '{}', method: REBALANCE }, 'no notice that can be read (rebalance)'],
  [{ kind: 'truncate', method: REBALANCE }, 'it cannot be reached (UND_ERR_SOCKET)'],
])('goes on, and says once what is wrong: %j', async (fault, reason) => {
  const { imds, look, lines } = await watch();
  if (fault.method === REBALANCE) imds.recommendRebalance(); // else there is no body to be cut off
  const met = imds.fail({ ...fault, times: fault.method === 'token' ? 4 : 2 }); // either page needs a token
  expect(await look(2)).toBeNull();
  expect(met.left).toBe(0);
  imds.recommendRebalance();
  const warning = { level: 'warn', message: 'EC2 does not say whether this instance is to go' };
  expect(lines).toEqual([{ ...warning, details: { reason } }]);
  expect(await look()).toMatchObject({ kind: 'rebalance' });
});

it('finds a notice on one page while the other fails', async () => {
  const { imds, look, lines } = await watch();
  imds.fail({ kind: 'answer', status: 500, body: 'down', method: INTERRUPTION, ...ALWAYS });
  expect(await look()).toBeNull();
  imds.recommendRebalance();
  expect(await look()).toMatchObject({ kind: 'rebalance' });
  expect(lines).toHaveLength(1);
});

it.each<ImdsFault & { method: string }>([
  { kind: 'stall', method: 'token' },
  { kind: 'stall', method: INTERRUPTION },
  { kind: 'stall-body', method: REBALANCE },
])('waits for no answer that never ends: %j', async (fault) => {
  const { imds, look, lines } = await watch(200);
  if (fault.method === REBALANCE) imds.recommendRebalance();
  imds.fail(fault);
  expect(await look()).toBeNull();
  expect(lines.map(({ details }) => details)).toEqual([{ reason: 'no answer within 200 ms' }]);
  // the connection is given up, too
  await imds.waitForCall(({ status, method }) => method === fault.method && status !== undefined);
});

it('says that it hears again, and says anew what is wrong then', async () => {
  const { imds, look, lines } = await watch();
  imds.fail({ kind: 'drop', method: 'token' });
  const isSecond = () => methodsOf(imds).filter((method) => method === REBALANCE).length === 3;
  imds.fail({ kind: 'drop', method: REBALANCE, where: isSecond });
  await look(4);
  const heard = [
    'EC2 does not say whether this instance is to go',
    'EC2 says again whether this instance is to go',
  ];
  expect(lines.map(({ message }) => message)).toEqual([...heard, ...heard]);
});

it('follows nobody to another address', async () => {
  const { imds, look, lines } = await watch();
  const other = await startFakeImds();
  onTestFinished(() => other.close());
  imds.fail({ kind: 'redirect', to: `${other.origin}/latest/api/token`, method: 'token' });
  expect(await look()).toBeNull();
  expect(other.calls).toEqual([]);
  expect(lines).toHaveLength(1);
});

it('ends with the signal, in the middle of a call', async () => {
  const imds = await startFakeImds();
  onTestFinished(() => imds.close());
  imds.fail({ kind: 'stall' });
  const stop = new AbortController();
  const { log, lines } = recordLog();
  const metadata = createInstanceMetadata({ endpoint: imds.origin, clock: () => 0, limitMs: 60_000 });
  const watching = untilSpotNotice({ metadata, sleep: async () => {}, log }, stop.signal);
  const call = imds.waitForCall('token', { unanswered: true });
  await call;
  const reason = new Error('stopped');
  stop.abort(reason);
  await expect(watching).rejects.toBe(reason);
  await imds.waitForCall('token');
  expect(lines).toEqual([]);
});
