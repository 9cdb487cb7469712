import config, { slow } from './jest.config.js';

/** @type {import('jest').Config} */
export default {
  ...config,
  testMatch: slow.map((path) => `<rootDir>/${path}**`),
  testPathIgnorePatterns: ['/node_modules/'],
};
