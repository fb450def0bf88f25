import type { StoredMap, StoredResult } from '../../src/core/stored-result.ts';
import { makeLook } from './make-look.ts';

export const NOW = Date.UTC(2030, 0, 1);

/** Of one photo in a group, made NOW and not posted yet, unless told. */
export function storedResult(id: string, given: Partial<StoredResult> = {}): StoredResult {
  const { sha256, appearance, evidence, scores } = makeLook({ jazz: 0.75, rock: 0.25 });
  const map: StoredMap = { width: 2, height: 2, heat: 'AIB//w==' };
  const size = { width: 400, height: 300 };
  const maps = { classical: map, electronic: map, jazz: map, pop: map, rock: map };
  return {
    id,
    createdAt: NOW,
    platform: 'telegram',
    owner: '1001',
    chat: { id: '-5', shared: true, community: '-7' },
    pictures: [{ reference: { fileId: `photo of ${id}` }, sha256, appearance, maps, size }],
    loudest: 0,
    album: null,
    scores,
    evidence,
    notes: ['truncated'],
    spoiler: true,
    modelVersion: 'm1',
    language: 'ar',
    explanation: null,
    posted: null,
    shared: false,
    ...given,
  };
}
