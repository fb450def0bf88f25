import type { Reporter, TestModule } from 'vitest/node';

/** Prints `N passed, N failed` as vitest's very last line; a module that fails without a failed test counts as one. */
class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      passed += states.filter((state) => state === 'passed').length;
      const broken = states.filter((state) => state === 'failed').length;
      failed += broken === 0 && !module.ok() ? 1 : broken;
    }
    process.once('exit', () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }
}

// vitest loads a reporter by its default export
export default CountReporter;
