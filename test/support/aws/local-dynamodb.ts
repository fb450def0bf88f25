import { CreateTableCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { createTableInput } from '../dynamo-create-table.ts';
import { type DynamoServer, startDynamoServer } from '../dynamo-server.ts';
import { CREDENTIALS, REGION } from './aws-account.ts';
import type { AwsAnswer } from './aws-answer.ts';
import type { AwsRequest } from './read-aws-request.ts';

const PASSED = ['x-amz-target', 'x-amz-date', 'authorization', 'content-type'];

/** A DynamoDB with one table at first. */
export async function startLocalDynamodb(table: string): Promise<LocalDynamodb> {
  const local = new LocalDynamodb(await startDynamoServer());
  await local.createTable(table);
  return local;
}

/** DynamoDB behind a server of ours, which logs the calls that come through it. */
export class LocalDynamodb {
  /** Goes past that server. */
  readonly client: DynamoDBClient;
  readonly #server: DynamoServer;

  constructor(server: DynamoServer) {
    this.#server = server;
    this.client = new DynamoDBClient({
      endpoint: server.quietOrigin,
      region: REGION,
      credentials: CREDENTIALS,
    });
  }

  /** With the keys `pk` and `sk`, both texts. */
  async createTable(name: string): Promise<void> {
    await this.client.send(new CreateTableCommand(createTableInput(name)));
  }

  /** All rows, as `pk / sk`, in order. */
  async rows(table: string): Promise<readonly string[]> {
    const rows: string[] = [];
    for await (const { Items = [] } of paginateScan({ client: this.client }, { TableName: table })) {
      for (const { pk, sk } of Items) rows.push(`${pk?.S} / ${sk?.S}`);
    }
    return rows.sort();
  }

  async answer({ headers }: AwsRequest, body: Buffer): Promise<AwsAnswer> {
    const answered = await fetch(this.#server.quietOrigin, {
      method: 'POST',
      headers: PASSED.map((name): [string, string] => [name, String(headers[name])]),
      body: new Uint8Array(body),
    });
    const headersBack = { 'content-type': answered.headers.get('content-type') ?? '' };
    return { status: answered.status, headers: headersBack, body: await answered.text() };
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.#server.close();
  }
}
