import { text, webUrl } from '../platform/env.ts';
import type { EnvContract } from '../platform/env.ts';

export const syndicateEnv = {
  CONTENT_TABLE: text,
  FEED_BUCKET: text,
  /** Address that readers use; feeds link to it, and their ids don't depend on it. */
  PORTAL_BASE_URL: webUrl,
} satisfies EnvContract;
