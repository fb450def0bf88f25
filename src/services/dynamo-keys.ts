/** Where an item is: in partition `pk`, in the order of `sk`. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Their names; what is under an askerKey or a communityKey is in the partition of that name. */
export const PARTITIONS = {
  /** A result, the votes on it, and where its prediction is. */
  result: (id: string) => `result#${id}`,
  /** Predictions. */
  person: (pseudonym: string) => `person#${pseudonym}`,
  community: (key: string) => `community#${key}`,
  /** Without anybody's name. */
  all: 'predictions',
  sums: 'sums',
} as const;

export const KEYS = {
  language: (key: string): Key => ({ pk: key, sk: 'language' }),
  choice: (key: string): Key => ({ pk: key, sk: 'choice' }),
  /** Leads to a result of theirs. */
  ownResult: (key: string, createdAt: number, id: string): Key => ({
    pk: key,
    sk: `result#${moment(createdAt)}#${id}`,
  }),
  /** Leads to a vote of theirs. */
  ownVote: (key: string, resultId: string): Key => ({ pk: key, sk: `vote#${resultId}` }),
  result: (id: string): Key => ({ pk: PARTITIONS.result(id), sk: 'result' }),
  vote: (resultId: string, voter: string): Key => ({
    pk: PARTITIONS.result(resultId),
    sk: `vote#${voter}`,
  }),
  /** Leads to the prediction's copies, and has the vote that counts. */
  place: (id: string): Key => ({ pk: PARTITIONS.result(id), sk: 'place' }),
  ofPerson: (id: string, at: number, pseudonym: string): Key => ({
    pk: PARTITIONS.person(pseudonym),
    sk: `${moment(at)}#${id}`,
  }),
  ofCommunity: (id: string, at: number, community: string): Key => ({
    pk: PARTITIONS.community(community),
    sk: `${moment(at)}#${id}`,
  }),
  ofAll: (id: string, at: number): Key => ({ pk: PARTITIONS.all, sk: `${moment(at)}#${id}` }),
  /** Which instance answers. */
  lease: (): Key => ({ pk: 'LEASE', sk: 'LEADER' }),
  /** Of a day, YYYY-MM-DD. */
  sums: (day: string): Key => ({ pk: PARTITIONS.sums, sk: day }),
} as const;

const MS_DIGITS = 15;

/** Milliseconds since 1970 as a text, in the order of time. */
export function moment(ms: number): string {
  return String(Math.max(0, Math.floor(ms))).padStart(MS_DIGITS, '0');
}

/** All sort keys that begin so. */
export function beginningWith(prefix: string): { readonly from: string; readonly to: string } {
  return { from: prefix, to: `${prefix}\uffff` };
}
