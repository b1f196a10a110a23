export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': '@swc/jest',
    // ES modules that a CommonJS package requires: Node 20 can, Jest on Node 20 cannot.
    '/content-disposition/.+\\.js$': ['@swc/jest', { swcrc: false, module: { type: 'commonjs' } }],
    // ES modules that import each other without a file extension: bundlers can, Node cannot.
    '/dt-sql-parser/.+\\.js$': ['@swc/jest', { swcrc: false, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!(.+/)?(content-disposition|dt-sql-parser)/)'],
  moduleNameMapper: {
    // A package with two builds: both sides must have the same.
    '^antlr4ng$': '<rootDir>/node_modules/antlr4ng/dist/index.cjs',
    '^#libs/(.*)\\.js$': '<rootDir>/libs/$1.ts',
    '^#apps/(.*)\\.js$': '<rootDir>/apps/$1.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testMatch: ['<rootDir>/libs/**/*.test.ts', '<rootDir>/apps/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/libs/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/global-teardown.mjs',
  reporters: ['default', '<rootDir>/libs/testing/closing-line.mjs'],
  testTimeout: 120_000,
  maxWorkers: 2,
};
