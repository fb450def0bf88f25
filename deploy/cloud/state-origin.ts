import type { CloudContext } from './read-context.ts';

/** All that a context says of the state volume; another one is another volume. */
export type StateOrigin = Pick<CloudContext, 'zone' | 'snapshot' | 'volume'>;

/** As it is written in context.json, without the braces. */
export function stateOrigin({ zone, snapshot, volume }: StateOrigin): string {
  const given = { zone, ...(snapshot !== null && { snapshot }), ...(volume !== null && { volume }) };
  return JSON.stringify(given).slice(1, -1);
}
