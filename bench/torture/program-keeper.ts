import { readFile } from 'node:fs/promises';
import { type RunningProgram, startProgram } from '../../test/support/start-program.ts';

export interface ProgramKeeperOptions {
  readonly settings: Readonly<Record<string, string>>;
  /** Called while no program runs. */
  died(): void;
}

/** The program, of which one runs after the other. */
export class ProgramKeeper {
  /** All that they printed. */
  readonly lines: string[] = [];
  /** The number of the one that runs, or is being started: the first is 1. */
  run = 0;
  /** As far as it was still told; what a program counted goes with it. */
  possibleDuplicates = 0;
  /** When programs were killed, by `performance.now()`. */
  readonly kills: number[] = [];
  readonly #options: ProgramKeeperOptions;
  #program: RunningProgram | undefined;

  constructor(options: ProgramKeeperOptions) {
    this.#options = options;
  }

  /** Resolves when it listens. */
  async start(): Promise<void> {
    this.run += 1;
    this.#program = await startProgram(this.#options.settings);
  }

  /** Kills the one that runs, and starts the next at once. */
  async replace(): Promise<void> {
    await this.#readCounters();
    this.kills.push(performance.now());
    await this.#end('SIGKILL');
    this.#options.died();
    await this.start();
  }

  /** Its exit code. */
  async stop(): Promise<number | null> {
    await this.#readCounters();
    return await this.#end('SIGTERM');
  }

  /** Of the one that runs, in MiB: now, and at most so far. */
  async memory(): Promise<{ readonly now: number; readonly peak: number }> {
    const status = await readFile(`/proc/${this.#program?.child.pid}/status`, 'utf8');
    const mebibytes = (name: string) =>
      Math.round(Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024);
    return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
  }

  /** Ends whatever runs. */
  async close(): Promise<void> {
    if (this.#program) await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const program = this.#program;
    if (!program) return null;
    program.child.kill(signal);
    const code = await program.ended;
    this.lines.push(...program.lines);
    this.#program = undefined;
    return code;
  }

  async #readCounters(): Promise<void> {
    const asked = fetch(`http://127.0.0.1:${this.#program?.port}/metrics`, {
      signal: AbortSignal.timeout(COUNTERS_MS),
    });
    const told = await asked.then((response) => response.text()).catch(() => '');
    for (const [, count] of told.matchAll(/^vibe_possible_duplicates_total\{[^}]*\} (\d+)$/gm))
      this.possibleDuplicates += Number(count);
  }
}

const COUNTERS_MS = 200;
