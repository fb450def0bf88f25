import type { SystemdConfig } from './config.ts';
import { type ReportToSystemdOptions, reportToSystemd, type SystemdReport } from './report-to-systemd.ts';
import { createSystemdNotify } from './services/systemd-notify.ts';

export interface OpenSystemdOptions extends Omit<ReportToSystemdOptions, 'watchdogMs' | 'notify'> {
  /** null: systemd wants to hear nothing. */
  readonly config: SystemdConfig | null;
}

export function openSystemd({ config, ...options }: OpenSystemdOptions, signal: AbortSignal): SystemdReport {
  if (!config) return UNTOLD;
  const notify = createSystemdNotify({ log: options.log });
  return reportToSystemd({ ...options, ...config, notify }, signal);
}

const UNTOLD: SystemdReport = {
  connecting: (started) => void started.catch(() => {}), // whoever starts them gets it, too
  standingBy() {},
};
