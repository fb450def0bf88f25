import type { Telemetry } from '../core/chat-ports.ts';

/** For programs that nobody watches. */
export const NO_TELEMETRY: Telemetry = { count() {}, time() {}, level() {} };
