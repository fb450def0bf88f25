import type { Card, Finds } from '../../src/core/card.ts';
import type { Outlet } from '../../src/core/chat-ports.ts';
import { OutletError, type OutletFailure } from '../../src/core/outlet-error.ts';
import type { Request } from '../../src/core/request.ts';
import type { Posted } from '../../src/core/stored-result.ts';

type Method = keyof Outlet;

export interface OutletCall {
  readonly method: Method;
  /** By the clock. */
  readonly at: number;
  readonly request?: Request;
  readonly card?: Card;
  readonly text?: string;
  readonly finds?: Finds;
  /** The message that is edited. */
  readonly messageId?: string;
}

/** What a call does before it succeeds: throws, or waits. */
type Plan = () => Promise<void> | void;

export interface FakeOutlet {
  readonly outlet: Outlet;
  readonly calls: readonly OutletCall[];
  /** Plans of the method's next calls; those after them succeed at once. */
  plan(method: Method, ...plans: readonly Plan[]): void;
  named(method: Method): readonly OutletCall[];
}

/** An outlet that writes down what it is asked; messages are called m1, m2 … */
export function makeOutlet(clock: () => number, manages = false, isRepeatable = false): FakeOutlet {
  const calls: OutletCall[] = [];
  const plans = new Map<Method, Plan[]>();
  let messages = 0;
  const take = async (method: Method, details: Omit<OutletCall, 'method' | 'at'> = {}) => {
    calls.push({ method, at: clock(), ...details });
    await plans.get(method)?.shift()?.();
  };
  const named = (method: Method) => calls.filter((call) => call.method === method);
  const outlet: Outlet = {
    working: (request) => take('working', { request }),
    async post(request, card) {
      await take('post', { request, card });
      messages += 1;
      return postedOf(`m${messages}`, card);
    },
    isRepeatable: async () => isRepeatable,
    async edit(request, { messageId }, card) {
      await take('edit', { request, card, messageId });
      return postedOf(messageId, card);
    },
    toast: (request, { text }) => take('toast', { request, text }),
    publish: (request, { card }) => take('publish', { request, card }),
    offer: (request, finds) => take('offer', { request, finds }),
    abandon: (request) => take('abandon', { request }),
    ping: () => take('ping'),
    async mayManage(request) {
      await take('mayManage', { request });
      return manages;
    },
  };
  return { outlet, calls, plan: (method, ...next) => plans.set(method, [...next]), named };
}

function postedOf(messageId: string, { blocks }: Card): Posted {
  const image = blocks.find(({ kind }) => kind === 'image');
  const imageName = image?.kind === 'image' ? image.fileName : null;
  return { messageId, imageName, image: imageName && `file of ${imageName}` };
}

function fails(failure: OutletFailure): Plan {
  return () => {
    throw new OutletError(`planned: ${failure.kind}`, failure);
  };
}

export const GONE = fails({ kind: 'gone' });
export const UNSURE = fails({ kind: 'unsure' });
export function laterBy(afterMs: number): Plan {
  return fails({ kind: 'later', afterMs });
}

export function fine(): void {}
