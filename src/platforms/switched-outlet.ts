import type { Outlet } from '../core/chat-ports.ts';
import type { ChatPlatform } from './chat-platform.ts';

type Use = <T>(act: (inner: ChatPlatform) => Promise<T>, signal: AbortSignal) => Promise<T>;

/** The outlet of whichever platform `use` gives. */
export function createSwitchedOutlet(use: Use): Outlet {
  return {
    working: (request, signal) =>
      use(({ outlet }) => outlet.working(request, signal), signal).catch(() => {}),
    post: (request, card, signal) => use(({ outlet }) => outlet.post(request, card, signal), signal),
    isRepeatable: (request, signal) => use(({ outlet }) => outlet.isRepeatable(request, signal), signal),
    edit: (request, posted, card, signal) =>
      use(({ outlet }) => outlet.edit(request, posted, card, signal), signal),
    toast: (request, toast, signal) => use(({ outlet }) => outlet.toast(request, toast, signal), signal),
    publish: (request, publication, signal) =>
      use(({ outlet }) => outlet.publish(request, publication, signal), signal),
    offer: (request, finds, signal) => use(({ outlet }) => outlet.offer(request, finds, signal), signal),
    abandon: (request, signal) =>
      use(({ outlet }) => outlet.abandon(request, signal), signal).catch(() => {}),
    ping: (signal) => use(({ outlet }) => outlet.ping(signal), signal),
    mayManage: (request, signal) => use(({ outlet }) => outlet.mayManage(request, signal), signal),
  };
}
