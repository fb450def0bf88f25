import type { Mac } from './core/action.ts';
import { keyOf, type Person } from './core/person.ts';
import type { PlatformName } from './core/request.ts';

const LENGTH = 32;

/** People by the platform's ids of them; `mac` makes their pseudonyms, which nobody else can. */
export function createPersonOf(mac: Mac): (platform: PlatformName, id: string) => Person {
  return (platform, id) => ({ platform, id, pseudonym: mac(keyOf({ platform, id }), LENGTH) });
}
