import { setTimeout as wait } from 'node:timers/promises';
import type { Sleep } from '../core/chat-ports.ts';

export const sleep: Sleep = async (ms, signal) => {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted(); // its own reason, where Node gives an AbortError
    throw error;
  }
};
