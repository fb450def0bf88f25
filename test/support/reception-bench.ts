import type { Accepted, Allowance } from '../../src/core/chat-ports.ts';
import { type Incoming, Reception, type ReceptionDependencies } from '../../src/core/reception.ts';
import type { Request } from '../../src/core/request.ts';
import type { Worker } from '../../src/core/worker.ts';
import { makeOutlet } from './fake-outlet.ts';
import { makeFakeTime } from './fake-time.ts';
import { openState } from './open-state.ts';
import { imageSource } from './reading-ports.ts';
import { recordLog, recordTelemetry } from './record-telemetry.ts';

type Limit = keyof ReceptionDependencies['allowances'];

interface Limits extends Partial<Record<Limit, number>> {
  readonly waitMs?: number;
  readonly worthTelling?: number;
}

/** A reception with the real inbox; `limits`: how many each key may have, 1 refusal and else 99 where left out. */
export function start({ waitMs = 1000, worthTelling = 10, ...limits }: Limits = {}) {
  const time = makeFakeTime();
  const { inbox } = openState(time.calendar);
  const fake = makeOutlet(time.clock);
  const { log, lines } = recordLog();
  const { telemetry, counted } = recordTelemetry();
  const taken: Record<Limit, string[]> = { photos: [], chat: [], quick: [], hints: [], refusals: [] };
  const allowance = (limit: Limit, ifLeftOut: number): Allowance => ({
    async take(key) {
      taken[limit].push(key);
      const used = taken[limit].filter((each) => each === key).length;
      return used > (limits[limit] ?? ifLeftOut) ? waitMs : 0;
    },
  });
  const allowances = {
    photos: allowance('photos', 99),
    chat: { telegram: allowance('chat', 99), discord: allowance('chat', 99) },
    quick: allowance('quick', 99),
    hints: allowance('hints', 99),
    refusals: allowance('refusals', 1),
  };
  const told: [Accepted, Request][] = [];
  let wakes = 0;
  const worker: Worker = {
    wake() {
      wakes += 1;
    },
    tellWaiting: async (accepted, request) => void told.push([accepted, request]),
    drain: async () => {},
  };
  const reception = new Reception({
    inbox,
    worker,
    platforms: { telegram: { imageSource, outlet: fake.outlet, showsPhoto: false } },
    allowances,
    worthTelling,
    calendar: time.calendar,
    telemetry,
    log,
  });
  let keys = 0;
  return {
    time,
    inbox,
    worker,
    allowances,
    taken,
    told,
    lines,
    counted,
    calls: () => fake.calls,
    woken: () => wakes,
    receive(request: Request, given: Partial<Incoming> = {}) {
      keys += 1;
      return reception.receive({ request, key: `${keys}`, groupKey: null, ...given });
    },
    /** The codes of the refusals that wait to be told. */
    async refused() {
      const codes: string[] = [];
      for (;;) {
        const job = await inbox.take('quick', 99);
        if (!job) return codes;
        const [request] = job.requests;
        if (request?.call.command === 'refuse') codes.push(request.call.code);
      }
    },
  };
}
