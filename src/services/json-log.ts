import { types } from 'node:util';
import { destination, pino, stdTimeFunctions } from 'pino';
import type { Log } from '../core/chat-ports.ts';

export interface JsonLogOptions {
  readonly level: keyof Log;
  /** Sees every finished line; what it returns is what is written. */
  redact(text: string): string;
  /** Takes a line with its line break; stdout when left out. */
  write?(line: string): void;
}

const OWN_KEYS = new Set(['level', 'time', 'message']);
const MAX_DEPTH = 8;
/** What may wait for a stdout that takes no more (a full disk); later lines are dropped. */
const MAX_WAITING_BYTES = 1_000_000;

/**
 * One JSON object a line: level, time (ISO), the details, message. Never throws. A line is with the operating system when
 * the call returns, so the last ones before an exit are not lost.
 */
export function createJsonLog({ level, redact, write = createStdout() }: JsonLogOptions): Log {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => write(redactLine(line, redact)) },
  );
  const at =
    (each: keyof Log) =>
    (message: string, details: Readonly<Record<string, unknown>> = {}) => {
      if (logger.isLevelEnabled(each)) logger[each](plainDetails(details), message);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function createStdout(): (line: string) => void {
  const stdout = destination({ fd: 1, sync: true, maxLength: MAX_WAITING_BYTES });
  stdout.on('error', () => {}); // without a log the program still answers people
  return (line) => stdout.write(line);
}

/** A secret may be something that the line's own syntax needs, such as a number; it stays JSON all the same. */
function redactLine(line: string, redact: (text: string) => string): string {
  const clean = redact(line);
  if (clean === line) return line;
  try {
    JSON.parse(clean);
    return clean;
  } catch {
    const time = new Date().toISOString();
    const message = 'A line that hiding a secret cut up.';
    return `${JSON.stringify({ level: 'warn', time, line: clean.trimEnd(), message })}\n`;
  }
}

function plainDetails(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  try {
    const fields = Object.entries(details).map(([key, value]) => [
      OWN_KEYS.has(key) ? `${key}_` : key,
      key === 'error' ? plainThrown(value, []) : plain(value, []),
    ]);
    return Object.fromEntries(fields);
  } catch {
    return { details: '[unreadable]' }; // a getter or toJSON that throws
  }
}

/** JSON's own types only; errors reduced wherever they are, bytes never written. */
function plain(value: unknown, above: readonly object[]): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isError(value)) return plainThrown(value, above);
  if (above.includes(value) || above.length >= MAX_DEPTH) return '[…]';
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return `[${value.byteLength} bytes]`;
  const within = [...above, value];
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON(), within);
  if (Array.isArray(value)) return value.map((each) => plain(each, within));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each, within)]));
}

/** No other fields: libraries hang requests, URLs with tokens and what people sent on their errors. */
function plainThrown(value: unknown, above: readonly object[]): unknown {
  if (typeof value !== 'object' || value === null) return String(value);
  if (!isError(value)) return '[object]';
  if (above.includes(value) || above.length >= MAX_DEPTH) return '[…]';
  const within = [...above, value];
  const { name, message, stack, cause } = value;
  return {
    name: String(name),
    message: String(message),
    stack: String(stack),
    ...(cause !== undefined && { cause: plainThrown(cause, within) }),
    ...(value instanceof AggregateError && { errors: value.errors.map((each) => plainThrown(each, within)) }),
  };
}

/** Also those of other realms, and copies of errors. */
function isError(value: object): value is Error {
  if (types.isNativeError(value) || value instanceof Error) return true;
  return 'stack' in value && typeof value.stack === 'string' && 'message' in value;
}
