import { join } from 'node:path';
import { type FakeImds, startFakeImds } from '../../test/support/aws/fake-imds.ts';
import { type RunningProgram, startProgram } from '../../test/support/start-program.ts';
import { createInboxReader } from '../torture/read-inbox.ts';
import type { World } from '../torture/world.ts';

/** A volume that outlives the instance it is attached to: a state folder. */
export type Volume = 'first' | 'second';

export interface Instance {
  readonly program: RunningProgram;
  /** Where EC2 tells it that it is to go. */
  readonly imds: FakeImds;
}

/** The instances of a drill, all with one table. */
export interface Fleet {
  /** How many have ended. */
  readonly ended: number;
  /** Resolves when it listens: at once where it has to stand by, and where it has the volume not before it is free. */
  start(volume: Volume): Promise<Instance>;
  folderOf(volume: Volume): string;
  /** All that they printed. */
  lines(): readonly string[];
  /** Whether one of them has written down the request of this key. */
  knows(key: string): boolean;
  /** Ends whatever runs. */
  close(): Promise<void>;
}

const TABLE = 'vibe-store';

export async function openFleet(world: World): Promise<Fleet> {
  await world.aws.createTable(TABLE);
  await using opening = new AsyncDisposableStack();
  const instances: Instance[] = [];
  let ended = 0;
  const folderOf = (volume: Volume) => join(world.stateFolder, volume);
  const inboxes = (['first', 'second'] as const).map((volume) => createInboxReader(folderOf(volume)));
  for (const inbox of inboxes) opening.defer(async () => inbox.close());
  opening.defer(async () => {
    for (const { program, imds } of instances) {
      await program.stop('SIGKILL');
      await imds.close();
    }
  });
  const closing = opening.move();
  return {
    get ended() {
      return ended;
    },
    async start(volume) {
      const imds = await startFakeImds();
      const own = { ...imds.settings, STORE_TABLE: TABLE, STATE_DIR: folderOf(volume) };
      const program = await startProgram({ ...world.settings, ...own });
      program.ended.then(() => {
        ended += 1;
      });
      const instance = { program, imds };
      instances.push(instance);
      return instance;
    },
    folderOf,
    lines: () => instances.flatMap(({ program }) => program.lines),
    knows: (key) => inboxes.some((inbox) => inbox.jobOf(key) !== null),
    close: () => closing.disposeAsync(),
  };
}
