import type { Archive } from '../../src/core/archive.ts';
import type { ServiceRecords } from '../../src/core/service-records.ts';
import { createPersonOf } from '../../src/create-person-of.ts';
import { createMac } from '../../src/services/signing-keys.ts';

/** Keeps no photo, and has nothing to forget. */
export const noArchive: Archive = {
  usual: 'off',
  keep: async () => null,
  vote: async () => {},
  kept: async () => [],
  forget: async () => {},
  tellForgotten: async () => 'erased',
  forgottenAt: async () => null,
};

const noRecords: ServiceRecords = {
  about: async () => ({ words: [], callsToday: 0 }),
  forget: async () => {},
};

export const personOf = createPersonOf(createMac(new Uint8Array(32), 'pseudonyms'));

/** What answers requests where no photo is kept and nobody runs the bot. */
export const noKeeping = {
  archive: noArchive,
  records: noRecords,
  personOf,
  isAdmin: () => false,
  storedIn: 'here',
} as const;
