import { once } from 'node:events';
import type { Config } from './config.ts';
import type { Log } from './core/chat-ports.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { createDiscordCaller } from './platforms/discord/discord-caller.ts';
import { GatewayFront } from './platforms/discord/front.ts';
import { ManagerLink } from './platforms/discord/manager-link.ts';
import { fatalMessage } from './platforms/discord/shard-messages.ts';
import { createJsonLog } from './services/json-log.ts';
import { NO_TELEMETRY } from './services/no-telemetry.ts';
import { createRedactor } from './services/redact.ts';
import { sleep } from './services/sleep.ts';

export interface ShardOptions {
  /** Its number, for the log. */
  readonly shard: number;
  /** How often it tells how it is, in milliseconds. */
  readonly healthMs?: number;
}

const HEALTH_MS = 5000;
/** From the first signal to the end, whatever hangs. */
const STOP_LIMIT_MS = 6000;

/**
 * Receives for the process that has forked this one, and acknowledges, until that one asks it to stop or is gone, or the
 * signal aborts; hands over first what has come. The exit code.
 */
export async function startShard(
  { discord, logLevel }: Config,
  { shard, healthMs = HEALTH_MS }: ShardOptions,
  signal: AbortSignal,
): Promise<number> {
  if (!discord || !process.connected) return EXIT_CODES.wrongUsage;
  const { token, apiUrl } = discord;
  const log = numbered(createJsonLog({ level: logLevel, redact: createRedactor([token]) }), shard);
  const manager = new ManagerLink(process);
  const call = createDiscordCaller({ token, apiUrl, telemetry: NO_TELEMETRY, sleep });
  const calendar = () => Date.now();
  const front = new GatewayFront({ token, apiUrl, call, shards: 'given', log, calendar, sleep });
  const report = () => manager.send({ kind: 'health', ...front.health() });
  const reporting = setInterval(report, healthMs);
  const stopping = AbortSignal.any([signal, manager.stopped]);
  stopping.addEventListener('abort', () => void setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref());
  const stopped = stopping.aborted ? Promise.resolve() : once(stopping, 'abort');
  try {
    await Promise.race([stopped, receive(front, manager, report)]);
  } catch (error) {
    const fatal = fatalMessage(error);
    if (!fatal) throw error;
    manager.send(fatal);
    await stopped; // it must have been heard before this process is missed
  }
  clearInterval(reporting);
  await front.stop();
  await manager.close();
  return 0;
}

async function receive(front: GatewayFront, manager: ManagerLink, report: () => void): Promise<void> {
  const { username } = await front.start((arrival) => manager.hand(arrival));
  manager.send({ kind: 'connected', username });
  report();
  await front.ended;
}

/** Tells of each line whose it is. */
function numbered(log: Log, shard: number): Log {
  const at =
    (level: keyof Log): Log['info'] =>
    (message, details) =>
      log[level](message, { shard, ...details });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
