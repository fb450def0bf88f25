import { expect, it } from 'vitest';
import { parseContext } from '../../../deploy/cloud/read-context.ts';
import { requireSameState } from '../../../deploy/cloud/require-same-state.ts';
import { stateOrigin } from '../../../deploy/cloud/state-origin.ts';

const SNAPSHOT = 'snap-0123456789abcdef0';
const VOLUME = 'vol-0123456789abcdef0';

/** What is told when the context changes from one to the other; null: nothing, it may be done. */
function told(before: object | null, after: object): string | null {
  const outputs = before && {
    StateVolumeId: 'vol-0aaa',
    StateOrigin: stateOrigin(parseContext(before, 'before')),
  };
  try {
    requireSameState(parseContext(after, 'after'), outputs ?? {});
    return null;
  } catch (error) {
    expect(error).toMatchObject({ name: 'CloudError', exitCode: 2 });
    return (error as Error).message;
  }
}

it('lets a bot begin, and go on where it was', () => {
  for (const context of [{}, { zone: 2 }, { zone: 2, snapshot: SNAPSHOT }, { volume: VOLUME }]) {
    expect([told(null, context), told(context, context)]).toEqual([null, null]);
  }
});

it('lets a bot go on from a snapshot, or on a volume that is there already', () => {
  expect(told({}, { zone: 2, snapshot: SNAPSHOT })).toBeNull();
  expect(told({ zone: 2, snapshot: SNAPSHOT }, { volume: VOLUME })).toBeNull();
  expect(told({ volume: VOLUME }, { snapshot: SNAPSHOT })).toBeNull();
});

it('does not let a bot begin on another volume that is empty, and says what was in the context', () => {
  const line = (given: string) =>
    `the bot's state is on vol-0aaa, and it would begin on an empty volume: put ${given} into context.json`;
  expect(told({}, { zone: 2 })).toBe(line('"zone":1'));
  expect(told({ zone: 2 }, {})).toBe(line('"zone":2'));
  const ofSnapshot = line(`"zone":2,"snapshot":"${SNAPSHOT}"`);
  expect(told({ zone: 2, snapshot: SNAPSHOT }, {})).toBe(ofSnapshot);
  expect(told({ zone: 2, snapshot: SNAPSHOT }, { zone: 2 })).toBe(ofSnapshot);
  expect(told({ volume: VOLUME }, {})).toBe(line(`"zone":1,"volume":"${VOLUME}"`));
});
