import type { Person } from '../core/person.ts';
import { askerKey } from '../core/request.ts';

/** askerKey of somebody who may not be asking just now. */
export function personKey({ platform, id }: Pick<Person, 'platform' | 'id'>): string {
  return askerKey({ platform, asker: { id, locale: null } });
}
