/** Where an item is: in partition `pk`, in the order of `sk`. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What makes up the keys of a prediction's copies. */
export interface Place {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly pseudonym: string;
  readonly community: string | null;
}

const MS_DIGITS = 15;

/**
 * The items of the table. What a person has is found by three partitions: `askerKey` (preferences, and which results and
 * votes are theirs), `person#pseudonym` (their predictions), and from there `result#id` (a result, the votes on it, and
 * where its prediction is).
 */
export const KEYS = {
  language: (key: string): Key => ({ pk: key, sk: 'language' }),
  choice: (key: string): Key => ({ pk: key, sk: 'choice' }),
  ownResult: (key: string, createdAt: number, id: string): Key => ({
    pk: key,
    sk: `result#${moment(createdAt)}#${id}`,
  }),
  ownVote: (key: string, resultId: string): Key => ({ pk: key, sk: `vote#${resultId}` }),
  result: (id: string): Key => ({ pk: `result#${id}`, sk: 'result' }),
  vote: (resultId: string, voter: string): Key => ({ pk: `result#${resultId}`, sk: `vote#${voter}` }),
  /** Where the prediction's copies are, and the vote that counts. */
  place: (id: string): Key => ({ pk: `result#${id}`, sk: 'place' }),
  ofPerson: (id: string, { at, pseudonym }: Omit<Place, 'community'>): Key => ({
    pk: `person#${pseudonym}`,
    sk: `${moment(at)}#${id}`,
  }),
  ofCommunity: (id: string, at: number, community: string): Key => ({
    pk: `community#${community}`,
    sk: `${moment(at)}#${id}`,
  }),
  /** Without anybody's name. */
  ofAll: (id: string, at: number): Key => ({ pk: 'predictions', sk: `${moment(at)}#${id}` }),
  sums: (day: string): Key => ({ pk: 'sums', sk: day }),
} as const;

/** In the order of time as a text. */
export function moment(ms: number): string {
  return String(Math.floor(ms)).padStart(MS_DIGITS, '0');
}
