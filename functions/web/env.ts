import { list, positiveInt, text, webUrl, type EnvContract } from '../platform/env.ts';

export const webEnv = {
  CONTENT_TABLE: text,
  /** Address that readers use. */
  PORTAL_BASE_URL: webUrl,
  SUBSCRIBERS_TABLE: text,
  DISPATCH_TABLE: text,
  TRANSACTIONAL_QUEUE_URL: text,
  /** Private; holds the list of erasures. */
  ARCHIVE_BUCKET: text,
  KEYRING_SECRET: text,
  SHARD_COUNT: positiveInt,
  /** By which the edge proves itself, separated by commas. */
  EDGE_KEYS: list,
} satisfies EnvContract;

/** Header in which the edge sends its key. */
export const edgeKeyHeader = 'x-herold-edge-key';
