import { askerKey, type PlatformName } from './request.ts';

/** Somebody who asks, or whose photo it is. */
export interface Person {
  readonly platform: PlatformName;
  /** The platform's id of them. */
  readonly id: string;
  /** In place of the id where nobody needs to know who it is: 32 characters of A–Z a–z 0–9 - _, always the same for them. */
  readonly pseudonym: string;
}

/** What somebody's preferences and votes are kept under. */
export function keyOf({ platform, id }: Pick<Person, 'platform' | 'id'>): string {
  return askerKey({ platform, asker: { id, locale: null } });
}
