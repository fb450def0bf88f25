import type { Archive, KeptHere } from '../../src/core/archive.ts';
import type { KeptRecord, PhotoToKeep } from '../../src/core/kept-photo.ts';
import type { Request } from '../../src/core/request.ts';

/** An archive that says what it was told. `forgottenAt`: whoever asks was forgotten then. */
export function recordArchive(given: Partial<Archive> = {}) {
  const kept: (Omit<PhotoToKeep, 'jpeg'> & { readonly shows: string; readonly askedAt: number })[] = [];
  const votes: (readonly [pseudonym: string, resultId: string, vote: KeptRecord['vote']])[] = [];
  const forgotten: (readonly [pseudonym: string, at: number])[] = [];
  const toTell: (readonly [pseudonym: string, at: number, request: Request])[] = [];
  const here: KeptHere[] = [];
  const archive: Archive = {
    usual: 'ask',
    async keep({ jpeg, ...photo }, askedAt) {
      kept.push({ ...photo, shows: new TextDecoder().decode(jpeg), askedAt });
      return 'ab'.repeat(32);
    },
    vote: async (...vote) => void votes.push(vote),
    kept: async () => here,
    forget: async (...whom) => void forgotten.push(whom),
    async tellForgotten(...whom) {
      toTell.push(whom);
      return 'queued';
    },
    forgottenAt: async () => null,
    ...given,
  };
  return { archive, kept, votes, forgotten, toTell, here };
}
