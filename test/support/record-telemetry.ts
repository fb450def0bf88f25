import type { CountedEvent, Level, Log, Telemetry } from '../../src/core/chat-ports.ts';

export interface Recorded {
  readonly telemetry: Telemetry;
  readonly counted: readonly CountedEvent[];
  readonly timed: readonly (readonly [stage: string, ms: number])[];
  /** By their names, as they were set last. */
  readonly levels: ReadonlyMap<Level['name'], number>;
}

export function recordTelemetry(): Recorded {
  const counted: CountedEvent[] = [];
  const timed: [string, number][] = [];
  const levels = new Map<Level['name'], number>();
  const telemetry: Telemetry = {
    count: (event) => void counted.push(event),
    time: (stage, ms) => void timed.push([stage, ms]),
    level: ({ name, value }) => void levels.set(name, value),
  };
  return { telemetry, counted, timed, levels };
}

export interface Line {
  readonly level: keyof Log;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>> | undefined;
}

export function recordLog(): { readonly log: Log; readonly lines: readonly Line[] } {
  const lines: Line[] = [];
  const at =
    (level: keyof Log): Log['info'] =>
    (message, details) =>
      void lines.push({ level, message, details });
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines };
}
