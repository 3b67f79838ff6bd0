export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  globalSetup: '<rootDir>/tests/scratch-setup.js',
  globalTeardown: '<rootDir>/tests/scratch-teardown.js',
  setupFiles: ['<rootDir>/tests/property-seed.js'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  // A net for what hangs, wide enough for a slow machine: how fast things are is the bench's matter.
  testTimeout: 120_000,
  maxWorkers: 2,
};
