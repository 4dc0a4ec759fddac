import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';

/*
 * Makes about two thousand small changes to the app, one at a time, and shows which of them no test
 * detects. Prints a table of scores, and sets exit code 1 when the total score is too low.
 *
 *   npm run mutation                               all parts
 *   npm run mutation -- json-schema                some of the parts
 *   npm run mutation -- --incremental json-schema  only what changed since the last run
 */
const LEAST_SCORE = 95;

/** Each part runs only its own tests. All tests would take many hours. */
const PARTS: Readonly<Record<string, { mutate: string[]; tests: string[] }>> = {
  values: {
    mutate: ['src/values.ts'],
    tests: ['{chat-session,json-schema}/*.test.ts', 'deskdirector/{faults,reasons}.test.ts'],
  },
  records: {
    mutate: ['src/chat-session/*.ts', '!src/chat-session/{delivery,filters,statuses}.ts'],
    tests: ['chat-session/{delivery,record,samples,values}.test.ts'],
  },
  deliveries: {
    mutate: ['src/chat-session/{delivery,filters,statuses}.ts'],
    tests: ['chat-session/{delivery,filters,record}.test.ts'],
  },
  triggers: {
    mutate: ['src/steps/{hook,dropdown}.ts', 'triggers/*.ts'],
    tests: [
      'triggers/*.test.ts',
      'chat-session/{delivery,filters,samples}.test.ts',
      'steps/follow-up.test.ts',
    ],
  },
  subscriptions: {
    mutate: ['src/deskdirector/chat-workflows.ts'],
    tests: ['triggers/{subscription,site-filters}.test.ts'],
  },
  'searches and actions': {
    mutate: [
      'src/steps/{action,board,ids,result,search}.ts',
      'src/deskdirector/{entities,operations}.ts',
      '{searches,creates}/*.ts',
    ],
    tests: ['{searches,creates,steps}/*.test.ts'],
  },
  'json-schema': {
    mutate: ['src/json-schema/*.ts', 'src/markdown.ts'],
    tests: ['{json-schema,steps}/*.test.ts', 'properties/results.test.ts'],
  },
  'site-fields': {
    mutate: ['src/steps/site-*.ts'],
    tests: ['{json-schema,steps}/*.test.ts', 'triggers/site-filters.test.ts'],
  },
  requests: {
    mutate: [
      'src/deskdirector/*.ts',
      '!src/deskdirector/{chat-workflows,entities,operations,site}.ts',
    ],
    tests: [
      'deskdirector/{faults,reasons}.test.ts',
      'triggers/subscription.test.ts',
      '{creates,steps}/*.test.ts',
      'authentication.test.ts',
    ],
  },
  site: {
    mutate: ['src/deskdirector/site.ts'],
    tests: ['deskdirector/site.test.ts'],
  },
  app: {
    mutate: ['index.ts', 'src/authentication.ts'],
    tests: ['{authentication,definition}.test.ts'],
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { incremental: { type: 'boolean', default: false } },
});
const names = positionals.length > 0 ? positionals : Object.keys(PARTS);

const results: Awaited<ReturnType<typeof resultsOf>>[number][] = [];
const table: Record<string, ReturnType<typeof figures>> = {};
for (const name of names) {
  const found = await resultsOf(name);
  table[name] = figures(found);
  results.push(...found);
}
const total = figures(results);
console.table({ ...table, total });
if (!(total.score >= LEAST_SCORE)) process.exitCode = 1;

async function resultsOf(name: string) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`There is no part "${name}".`);
  const tests = part.tests.map((pattern) => pattern.replace(/^(!?)/, '$1<rootDir>/test/'));
  return new Stryker({
    mutate: part.mutate,
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    jest: {
      projectType: 'custom',
      configFile: 'jest.config.js',
      config: { testMatch: tests, testEnvironment: './test/fail-fast.ts' },
    },
    coverageAnalysis: 'perTest',
    // Code that runs when its module is loaded would need all tests.
    ignoreStatic: true,
    concurrency: 2,
    // A runner keeps the modules of all its runs in memory, and slows down.
    maxTestRunnerReuse: 30,
    // Long, so that a test on a busy machine does not count as an endless loop.
    timeoutMS: 20_000,
    // This file does not exist on purpose: Stryker can't read a tsconfig.json with TypeScript 7.
    tsconfigFile: 'none.json',
    reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
    clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: false },
    htmlReporter: { fileName: `reports/mutation/${name}.html` },
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    incremental: values.incremental,
    incrementalFile: `reports/mutation/${name}.incremental.json`,
  }).runMutationTest();
}

function figures(mutants: readonly { status: string }[]) {
  const count = (status: string) => mutants.filter((mutant) => mutant.status === status).length;
  const [killed, timedOut] = [count('Killed'), count('Timeout')];
  const [survived, uncovered] = [count('Survived'), count('NoCoverage')];
  const detected = killed + timedOut;
  const score = (100 * detected) / (detected + survived + uncovered);
  return {
    killed,
    'timed out': timedOut,
    survived,
    'without coverage': uncovered,
    'in error': count('RuntimeError') + count('CompileError'),
    'static (not counted)': count('Ignored'),
    score: Number(score.toFixed(2)),
  };
}
