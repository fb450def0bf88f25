import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CountedEvent, Lane, Level, Telemetry } from '../core/chat-ports.ts';

export type QueueDepth = Readonly<Record<Lane, { readonly waiting: number; readonly running: number }>>;

export interface PrometheusTelemetryOptions {
  /** Asked at every scrape; when it fails, that scrape goes without. */
  queue(): Promise<QueueDepth>;
}

export interface PrometheusTelemetry extends Telemetry {
  /** Everything in Prometheus' text format. */
  metrics(): Promise<string>;
  readonly contentType: string;
  /** Forgets everything counted. */
  close(): void;
}

const COUNTED = {
  requests: ['What people asked for.', 'platform', 'command'],
  answers: ['How it ended.', 'platform', 'command', 'outcome'],
  errors: ['What went wrong: a code that people are told about, or bug.', 'kind'],
  outside_calls: ['Calls to services outside.', 'service', 'method', 'outcome'],
  refusals: ['Requests turned away.', 'reason'],
  words: ['Where the words of answers come from, and why.', 'source', 'reason'],
  words_dollars: ['What words have cost, or may have cost.', 'model'],
  youtube_units: ['Units of the YouTube quota that were used.'],
  kept_photos: ['Photos that their owners let us keep, and whether they were.', 'outcome'],
  archive_deliveries: ['Tries to bring a kept photo to the archive.', 'outcome'],
  erasures: ['People who asked to be forgotten, and tries to have the archive forget them.', 'outcome'],
  possible_duplicates: ['Answers that may have been posted twice.', 'platform'],
  undeliverable: ['Answers that could not be posted.', 'platform'],
  dead: ['Requests given up.', 'platform'],
} as const satisfies Record<CountedEvent['name'], readonly [help: string, ...labels: string[]]>;

const LEVELS = {
  dead_playlists: 'Curated lists that are gone or empty.',
  words_budget_left_dollars: "What is left of today's budget for words.",
  youtube_units_today: "Units of today's YouTube quota that are used.",
  outbox_bytes: 'Room that the outbox takes on disk.',
  outbox_photos: 'Kept photos that wait for the archive.',
  outbox_set_aside: 'Files of the outbox that the archive refused, or that are damaged.',
  erasures_waiting: 'People whom the archive is still to forget.',
} as const satisfies Record<Level['name'], string>;

const STAGE_BUCKETS_S = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

/** Counts in a registry of its own, beside the process's usual figures under their usual names. One a process. */
export function createPrometheusTelemetry({ queue }: PrometheusTelemetryOptions): PrometheusTelemetry {
  const registry = new Registry();
  const registers = [registry];
  const counters = new Map<string, Counter>();
  for (const [name, [help, ...labelNames]] of Object.entries(COUNTED)) {
    counters.set(name, new Counter({ name: `vibe_${name}_total`, help, labelNames, registers }));
  }
  const stages = new Histogram({
    name: 'vibe_stage_seconds',
    help: 'Time that one stage of a request took.',
    labelNames: ['stage'],
    buckets: STAGE_BUCKETS_S,
    registers,
  });
  const levels = new Map<string, Gauge>();
  for (const [name, help] of Object.entries(LEVELS)) {
    levels.set(name, new Gauge({ name: `vibe_${name}`, help, registers }));
  }
  addQueueDepth(registry, queue);
  collectDefaultMetrics({ register: registry });
  return {
    count({ name, ...event }) {
      const { amount = 1, ...labels } = { amount: undefined, ...event };
      counters.get(name)?.inc(labels, amount);
    },
    level: ({ name, value }) => levels.get(name)?.set(value),
    time(stage, ms) {
      if (Number.isFinite(ms)) stages.observe({ stage }, ms / 1000); // the library throws on others
    },
    metrics: () => registry.metrics(),
    contentType: registry.contentType,
    close: () => registry.clear(),
  };
}

function addQueueDepth(registry: Registry, queue: () => Promise<QueueDepth>): void {
  new Gauge({
    name: 'vibe_queue_depth',
    help: 'Requests that wait or are being answered.',
    labelNames: ['lane', 'state'],
    registers: [registry],
    async collect() {
      try {
        const depth = await queue();
        for (const [lane, states] of Object.entries(depth)) {
          for (const [state, value] of Object.entries(states)) this.set({ lane, state }, value);
        }
      } catch {
        this.reset(); // no figure is better than an old one
      }
    },
  });
}
