import { createJsonLog } from '../../src/services/json-log.ts';
import { createEraseHandler, ERASE_LIMITS } from './erase-handler.ts';
import { openClients } from './open-clients.ts';

/** What AWS calls: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
export const handler = createEraseHandler({
  // biome-ignore lint/style/noProcessEnv: a function has no other settings than its environment
  ...openClients(process.env, Date.now, {}),
  log: createJsonLog({ level: 'info', redact: (line) => line }),
  ...ERASE_LIMITS,
});
