import { allowList } from '../mail/allow-list.ts';
import { positiveInt, text, webUrl, type EnvContract } from '../platform/env.ts';

export const transactionalEnv = {
  SUBSCRIBERS_TABLE: text,
  DISPATCH_TABLE: text,
  TRANSACTIONAL_QUEUE_URL: text,
  TRANSACTIONAL_CONFIGURATION_SET: text,
  KEYRING_SECRET: text,
  SHARD_COUNT: positiveInt,
  PORTAL_BASE_URL: webUrl,
  SENDER_ADDRESS: text,
  RECIPIENT_ALLOW_LIST: allowList,
} satisfies EnvContract;
