import { TestEnvironment } from 'jest-environment-node';

/** Skips the tests after the first failure in a file. One failing test is enough to kill a mutant. */
export default class FailFast extends TestEnvironment {
  #hasFailed = false;

  handleTestEvent({ name, test }: { name: string; test?: { mode?: string } }): void {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.#hasFailed = true;
    if (name === 'test_start' && test && this.#hasFailed) test.mode = 'skip';
  }
}
