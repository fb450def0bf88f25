import { createHash } from 'node:crypto';
import type { KeptRecord } from '../../src/core/kept-photo.ts';
import type { ArchiveEvent } from '../../src/services/archive-protocol.ts';

export const RECORD: KeptRecord = {
  platform: 'telegram',
  date: '2030-01-01',
  genre: 'jazz',
  scores: { classical: 0, electronic: 0, jazz: 0.7, pop: 0.1, rock: 0.2 },
  modelVersion: 'm1',
  consent: { basis: 'person', version: '2026-11-28' },
  trainable: true,
  vote: null,
};

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A name of 32 signs, as people have in place of their own. */
export function pseudonym(name: string): string {
  return name.padEnd(32, '_');
}

/** A photo whose bytes are this text, of this person. */
export function archiveEvent(
  photo: string,
  whose: string,
  record: Partial<KeptRecord> = {},
): ArchiveEvent & { image: string } {
  return {
    version: 1,
    pseudonym: pseudonym(whose),
    sha256: sha256Of(photo),
    image: Buffer.from(photo).toString('base64'),
    record: { ...RECORD, ...record },
  };
}
