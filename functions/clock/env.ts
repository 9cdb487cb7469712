import { text } from '../platform/env.ts';
import type { EnvContract } from '../platform/env.ts';

export const clockEnv = {
  CONTENT_TABLE: text,
  INGEST_QUEUE_URL: text,
} satisfies EnvContract;
