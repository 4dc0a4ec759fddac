/** Zapier runs this app as ES modules, so the tests load it as ES modules too. */
export default {
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/helpers/setup.ts'],
  // The platform echoes on the console whatever the app logs.
  silent: true,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/'],
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/tools/test/**/*.test.ts'],
  // Jest would leave one core idle, which on two cores is half of the machine.
  maxWorkers: '100%',
  // Something else may keep all cores busy. Whatever a test waits for is given up earlier: see docs/testing.md.
  testTimeout: 180_000,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
      },
    ],
  },
  collectCoverage: true,
  collectCoverageFrom: ['index.ts', '{creates,searches,src,triggers}/**/*.ts'],
  coverageReporters: ['text-summary', ['text', { skipFull: true }]],
  coverageThreshold: { global: { branches: 100, functions: 100, lines: 100, statements: 100 } },
};
