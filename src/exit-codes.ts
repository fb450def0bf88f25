export const EXIT_CODES = {
  /** What was asked for could not be had, as any command says it. */
  failed: 1,
  wrongUsage: 2,
  /** The installation is at fault; BSD's sysexits.h calls it EX_SOFTWARE. */
  cannotStart: 70,
  /** Try again later; BSD's sysexits.h calls it EX_TEMPFAIL. */
  somebodyElse: 75,
  /** Our own, whatever sysexits.h and systemd call this number: the machine is to be taken away, and whoever starts programs there is not to start this one again. */
  spotNotice: 77,
  /** Our own, too: another instance may answer by now. Started again, this one waits for its turn. */
  leaseLost: 78,
  /** As shells say it of a program that a signal ended: 128 + its number. */
  signals: { SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 },
} as const;
