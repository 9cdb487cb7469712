// jest loads every file as CommonJS, so that packages published as ESM only pass through the transform as well.
const esmOnly = [
  'feed',
  'hono',
  '@hono',
  'temporal-[a-z]+',
  'nodemailer',
  'htmlparser2',
  'entities',
  'dom[a-z]+',
];

// Tests that take long: a real browser, the bundles of the deployment, and the runbooks. `npm run test:slow` runs them.
export const slow = ['test/browser/', 'test/journeys/bundles', 'test/journeys/runbooks'];

/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/test/**/*.test.{ts,tsx}'],
  testPathIgnorePatterns: ['/node_modules/', ...slow],
  transform: {
    '\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  testEnvironment: 'node',
  maxWorkers: '100%',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};
