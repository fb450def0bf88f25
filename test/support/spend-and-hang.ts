/** A program that asks for words and is killed meanwhile. Arguments: the state's folder, the server's address, the key. */

import { createCallOpenai } from '../../src/services/openai-call.ts';
import { openDatabase } from '../../src/services/sqlite-database.ts';
import { createSqliteSpending } from '../../src/services/sqlite-spending.ts';
import { EPOCH } from './fake-time.ts';
import { makeExplainRequest } from './make-explain-request.ts';
import { recordLog, recordTelemetry } from './record-telemetry.ts';

const [folder = '', baseUrl = '', key = ''] = process.argv.slice(2);
const calendar = () => EPOCH;
const ledger = createSqliteSpending({
  database: openDatabase(folder),
  calendar,
  dailyBudgetUsd: 1,
  dailyCalls: 40,
});
const { log } = recordLog();
const { call } = createCallOpenai({ baseUrl, ledger, telemetry: recordTelemetry().telemetry, log, calendar });
const request = makeExplainRequest({ asker: 'telegram:user:1' });
const photo = Buffer.from('a photo');
await call(
  { model: 'gpt-4o', key, request, previews: { photo, heatmap: photo } },
  AbortSignal.timeout(60_000),
);
