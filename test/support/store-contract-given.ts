import type { Person } from '../../src/core/person.ts';
import type { Prediction } from '../../src/core/prediction.ts';
import type { Posted, Vote } from '../../src/core/stored-result.ts';
import { NOW } from './stored-result.ts';

export const DAY_MS = 24 * 60 * 60 * 1000;
export const POSTED: Posted = { messageId: '77', imageName: 'jazz.jpg', image: { fileId: 'AgAC', size: 3 } };
export const VOTE: Vote = { resultId: 'a', voter: 'telegram:user:7', up: false, genre: 'rock', at: NOW };

export const ANN: Person = {
  platform: 'telegram',
  id: '1001',
  pseudonym: 'ann-_0123456789abcdefghijklmnopq',
};
/** Somebody else, with the same id elsewhere. */
export const BOB: Person = { platform: 'discord', id: '1001', pseudonym: 'bob-_0123456789abcdefghijklmnopq' };

/** Ann's, made NOW in a group, unless told. */
export function prediction(id: string, given: Partial<Prediction> = {}): Prediction {
  return {
    id,
    at: NOW,
    platform: 'telegram',
    pseudonym: ANN.pseudonym,
    community: 'telegram:chat:-7',
    genre: 'jazz',
    confidence: 0.75,
    modelVersion: 'm1',
    ...given,
  };
}
