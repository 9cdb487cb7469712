import { text, webUrl } from '../platform/env.ts';
import type { EnvContract } from '../platform/env.ts';

export const webEnv = {
  CONTENT_TABLE: text,
  /** Address that readers use. */
  PORTAL_BASE_URL: webUrl,
} satisfies EnvContract;
