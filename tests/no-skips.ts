import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/** Fails the run when a test was skipped or left to do, unless a name was asked for (`-t`). */
export class NoSkips implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#vitest?.getGlobalTestNamePattern?.()) return;
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    if (skipped.length === 0) return;
    this.#vitest?.logger.error(
      `No test may be skipped or left to do:\n${skipped.map(place).join('\n')}\n`,
    );
    process.exitCode = 1;
  }
}

function place(test: TestCase): string {
  return `  ${test.project.name}  ${test.module.relativeModuleId} > ${test.fullName}`;
}
