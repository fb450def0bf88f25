import type { Store } from '../../src/core/store.ts';

export interface OpenStore {
  readonly store: Store;
  /** What the store's calendar says from now on, milliseconds since 1970. */
  setNow(ms: number): void;
  /** Lets the storage delete what it deletes by itself once its time has passed. */
  expire(): Promise<void>;
  /** All that is kept, as text. */
  everything(): Promise<string>;
}

/** Gives an empty one, whose calendar stands at NOW and which is closed with the test. */
export type Start = () => Promise<OpenStore>;
