import type { Choice } from './choice.ts';
import type { Person } from './person.ts';
import type { Prediction, Tally, TallyOf } from './prediction.ts';
import type { PlatformName } from './request.ts';
import type { Posted, StoredResult, Vote } from './stored-result.ts';
import type { Explanation, Language } from './types.ts';

/** What outlives an answer: preferences, results, votes, and what is counted. Throws StorageError. */
export interface Store {
  /** By askerKey or communityKey. */
  language(key: string): Promise<Language | null>;
  setLanguage(key: string, language: Language): Promise<void>;
  /** Replaces one with the same id. */
  putResult(result: StoredResult): Promise<void>;
  /** null when there is none, or it is older than 30 days. */
  result(id: string): Promise<StoredResult | null>;
  /** Newest first; only those that were posted. */
  latestResults(platform: PlatformName, owner: string, limit: number): Promise<readonly StoredResult[]>;
  setPosted(id: string, posted: Posted): Promise<void>;
  setExplanation(id: string, explanation: Explanation): Promise<void>;
  setShared(id: string): Promise<void>;
  /** A person's later vote on a result replaces the earlier one. */
  putVote(vote: Vote): Promise<void>;
  vote(resultId: string, voter: string): Promise<Vote | null>;
  /** By askerKey. */
  choice(key: string): Promise<Choice | null>;
  /** That they were only asked takes the place of nothing: false where they were before, or have said something. */
  setChoice(key: string, choice: Choice): Promise<boolean>;
  /** Replaces one with the same id, and keeps its vote: putVote counts for the prediction with the result's id, too. */
  putPrediction(prediction: Prediction): Promise<void>;
  tally(of: TallyOf): Promise<Tally>;
  /** All that is kept of a person, newest first. */
  about(person: Person): Promise<AboutPerson>;
  /** Deletes it: preferences, results with everybody's votes on them, their own votes, predictions. */
  forget(person: Person): Promise<void>;
  /**
   * Forgets results that are older than 30 days, and their votes; makes predictions that are older than 90 days parts of
   * their days' sums, without anybody's name.
   */
  purge(): Promise<void>;
}

/** What a Store keeps of one person. */
export interface AboutPerson {
  readonly language: Language | null;
  readonly choice: Choice | null;
  readonly results: readonly StoredResult[];
  readonly votes: readonly Vote[];
  readonly predictions: readonly Prediction[];
}
