import { ARCHIVE_LIMIT_MS, createArchiveHandler } from '../../../deploy/archive/archive-handler.ts';
import { createEraseHandler, ERASE_LIMITS } from '../../../deploy/archive/erase-handler.ts';
import { openClients } from '../../../deploy/archive/open-clients.ts';
import { createJsonLog } from '../../../src/services/json-log.ts';
import { CREDENTIALS, REGION } from './aws-account.ts';

export type LocalFunction = (event: unknown) => Promise<unknown>;

export interface LocalFunctions {
  readonly archive: LocalFunction;
  readonly erase: LocalFunction;
  /** Ends their connections. */
  close(): void;
}

/** The functions of deploy/archive as they are, but in this process. `print` takes each line that they log. */
export function openLocalFunctions(
  settings: Readonly<Record<string, string>>,
  options: { now(): number; print(line: string): void },
): LocalFunctions {
  const clients = openClients(settings, options.now, { region: REGION, credentials: CREDENTIALS });
  const log = createJsonLog({ level: 'info', redact: (line) => line, write: options.print });
  return {
    archive: createArchiveHandler({ ...clients, log, limitMs: ARCHIVE_LIMIT_MS }),
    erase: createEraseHandler({ ...clients, log, ...ERASE_LIMITS }),
    close() {
      clients.rows.client.destroy();
      clients.objects.client.destroy();
    },
  };
}
