import { text, type EnvContract } from '../platform/env.ts';

export const syncSourcesEnv = { CONTENT_TABLE: text } satisfies EnvContract;
