import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // threads of our own do the work; forks keep native modules apart from each other
    pool: 'forks',
    // most of the time is spent waiting, for programs to start and for pauses to pass
    maxWorkers: 3,
    testTimeout: 60_000,
    reporters: ['default', './test/support/count-reporter.ts'],
  },
});
