import { unlessAborted } from './unless-aborted.ts';

/** Work that several ask for at once is done once, and all get what it gives. */
export interface SingleFlight<T> {
  /**
   * What the work under `key` gives or rejects with: the work that is being done, else what `start` begins. It goes on when
   * those who wait leave, so it needs a time limit of its own. Rejects early with the signal's reason, for this caller alone.
   */
  join(key: string, start: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Promise<T>>();

  function begin(key: string, start: () => Promise<T>): Promise<T> {
    const flight = Promise.resolve()
      .then(start)
      .finally(() => flights.delete(key));
    flight.catch(() => {}); // nobody may be left to hear of it
    flights.set(key, flight);
    return flight;
  }

  return {
    async join(key, start, signal) {
      signal.throwIfAborted();
      return await unlessAborted(flights.get(key) ?? begin(key, start), signal);
    },
  };
}
