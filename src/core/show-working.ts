import type { Platform, Sleep } from './chat-ports.ts';
import type { Delivery } from './delivery.ts';
import type { Request } from './request.ts';

/** Telegram's sign lasts five seconds, Discord's ten. */
const WORKING_EVERY_MS = 4000;

/** Keeps the platform's sign up, which the reception put there, until the answer is there. */
export async function showWorking(
  request: Request,
  { outlet }: Platform,
  delivery: Delivery,
  sleep: Sleep,
  done: AbortSignal,
): Promise<void> {
  for (;;) {
    await sleep(WORKING_EVERY_MS, done).catch(() => {});
    if (done.aborted || delivery.isPosted) return;
    await outlet.working(request, done).catch(() => {}); // an address that cannot be read is found out elsewhere
  }
}
