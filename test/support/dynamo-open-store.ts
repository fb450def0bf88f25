import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { onTestFinished, vi } from 'vitest';
import type { Store } from '../../src/core/store.ts';
import { createDynamoStore } from '../../src/services/dynamo-store.ts';
import { createTableInput } from './dynamo-create-table.ts';
import { type DynamoServer, startDynamoServer } from './dynamo-server.ts';
import { DAY_MS } from './store-contract-given.ts';
import type { OpenStore } from './store-contract-start.ts';
import { NOW } from './stored-result.ts';

export interface OpenDynamoStore extends OpenStore {
  readonly server: DynamoServer;
  /** The table's name. */
  readonly table: string;
  /** Another store on the same table, that gives up sooner. */
  limited(limitMs: number, longLimitMs?: number): Store;
  /** As expire, but of what is due for less than six days only what leads to other items. */
  expireLeadsFirst(): Promise<void>;
  /** All items, sorted. */
  items(): Promise<Readonly<Record<string, unknown>>[]>;
}

const TABLE = 'vibe-store';

/** A store in a table of its own, which goes with the test; it waits for 30 seconds. */
export async function openDynamoStore(): Promise<OpenDynamoStore> {
  const server = await startDynamoServer();
  const settings = { AWS_PROFILE: undefined, ...server.settings };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const client = new DynamoDBClient({ endpoint: server.quietOrigin });
  await client.send(new CreateTableCommand(createTableInput(TABLE)));
  const documents = DynamoDBDocumentClient.from(client);
  let now = NOW;
  const stores: { close(): void }[] = [];
  function limited(limitMs: number, longLimitMs = limitMs): Store {
    const store = createDynamoStore({ table: TABLE, calendar: () => now, limitMs, longLimitMs });
    stores.push(store);
    return store;
  }
  onTestFinished(async () => {
    for (const store of stores) store.close();
    client.destroy();
    await server.close();
    vi.unstubAllEnvs();
  });

  async function items(): Promise<Readonly<Record<string, unknown>>[]> {
    const pages = await Array.fromAsync(paginateScan({ client: documents }, { TableName: TABLE }));
    const nameOf = (item: Readonly<Record<string, unknown>>) => `${item['pk']} ${item['sk']}`;
    return pages.flatMap(({ Items = [] }) => Items).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  }

  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html, so long after the time in `expires`. */
  async function removeDue(lateMs: (pk: string) => number): Promise<void> {
    for (const { pk, sk, expires } of await items()) {
      if (!(Number(expires) * 1000 + lateMs(String(pk)) < now)) continue;
      await documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk, sk } }));
    }
  }

  return {
    server,
    table: TABLE,
    store: limited(30_000),
    limited,
    setNow(ms) {
      now = ms;
    },
    items,
    async everything() {
      const sorted = (item: Readonly<Record<string, unknown>>) => Object.entries(item).sort();
      return (await items()).map((item) => JSON.stringify(sorted(item))).join('\n');
    },
    expire: () => removeDue(() => 0),
    expireLeadsFirst: () => removeDue((pk) => (isOfPerson(pk) ? 0 : 6 * DAY_MS)),
  };
}

/** Whether a partition has what leads to a person's items. */
function isOfPerson(pk: string): boolean {
  return /^(telegram|discord|person)\b/.test(pk);
}
