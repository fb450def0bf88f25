import type { Calendar, Inbox } from './core/chat-ports.ts';
import { forgottenCard } from './core/forgotten-card.ts';
import { OutletError } from './core/outlet-error.ts';
import { OutletRefusal } from './core/outlet-refusal.ts';
import type { Worker } from './core/worker.ts';
import type { OpenArchiveOptions } from './open-archive.ts';
import type { Platforms } from './open-platforms.ts';

export interface TellForgottenOptions {
  readonly inbox: Pick<Inbox, 'accept'>;
  readonly worker: Pick<Worker, 'wake'>;
  readonly platforms: Platforms;
  readonly calendar: Calendar;
}

const LIMIT_MS = 30_000;
/** What can be answered for less than this cannot be any more once its turn comes. */
const SPARE_MS = 60_000;

/**
 * Has somebody told that they are forgotten: in answer to what they asked, which is accepted like any request; where the
 * platform takes no answer to that any more, in a message to them alone. Rejects when that cannot be sent now.
 */
export function createTellForgotten(options: TellForgottenOptions): OpenArchiveOptions['tell'] {
  const { inbox, worker, platforms, calendar } = options;
  return async (request, key) => {
    if (request.answerBy === null || request.answerBy > calendar() + SPARE_MS) {
      await inbox.accept(request, { lane: 'quick', key, groupKey: null, notBefore: 0 });
      worker.wake();
      return;
    }
    const { platform, asker, call } = request;
    if (call.command !== 'forgotten') return;
    const signal = AbortSignal.timeout(LIMIT_MS);
    try {
      await platforms[platform]?.tell(asker.id, forgottenCard(call.language), signal);
    } catch (error) {
      const isGone = error instanceof OutletError && error.failure.kind === 'gone';
      if (!isGone && !(error instanceof OutletRefusal)) throw error; // else nobody can be told, ever
    }
  };
}
