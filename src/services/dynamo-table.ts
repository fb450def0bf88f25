import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoCalls, type DynamoCalls } from './dynamo-calls.ts';
import { dynamoFailure } from './dynamo-failure.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface DynamoTableOptions {
  readonly table: string;
  /** For all calls and attempts of an operation together, credentials and whole answers included; half of it for a call. */
  readonly limitMs: number;
}

export interface DynamoTable {
  /**
   * What `work` gives, whose calls all end with it. What it rejects with holds no data, neither sent nor received.
   * `ownLimitMs` takes the place of limitMs, but not for a call.
   */
  operation<T>(work: (calls: DynamoCalls) => Promise<T>, ownLimitMs?: number): Promise<T>;
  close(): void;
}

const ATTEMPTS = 3;

/** Region, credentials and address are the SDK's own settings, read from the process environment. */
export function createDynamoTable({ table, limitMs }: DynamoTableOptions): DynamoTable {
  const attemptMs = Math.ceil(limitMs / 2); // leaves time for another where one has stalled
  const client = new DynamoDBClient({
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: attemptMs,
      requestTimeout: attemptMs,
      throwOnRequestTimeout: true,
    },
  });
  const documents = DynamoDBDocumentClient.from(client);
  return {
    async operation(work, ownLimitMs = limitMs) {
      const limit = new AbortController();
      // counts also while nothing else keeps the process going, which AbortSignal.timeout does not
      const timer = setTimeout(() => limit.abort(), ownLimitMs);
      try {
        const working = work(createDynamoCalls(documents, table, limit.signal));
        // the SDK does not end its search for credentials with the signal, nor a body that has stalled
        return await unlessAborted(working, limit.signal);
      } catch (error) {
        if (limit.signal.aborted) throw new Error(`no answer from DynamoDB within ${ownLimitMs} ms`);
        throw dynamoFailure(error);
      } finally {
        clearTimeout(timer);
        limit.abort(); // when one of several calls has failed, none of the others is to come after the next try
      }
    },
    close: () => client.destroy(),
  };
}
