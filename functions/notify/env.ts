import { allowList } from '../mail/allow-list.ts';
import { positiveInt, text, webUrl, type EnvContract } from '../platform/env.ts';

export const planEnv = {
  CONTENT_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  DISPATCH_TABLE: text,
  PLAN_QUEUE_URL: text,
  DELIVER_QUEUE_URL: text,
  BULK_CONFIGURATION_SET: text,
  SHARD_COUNT: positiveInt,
  PORTAL_BASE_URL: webUrl,
  RECIPIENT_ALLOW_LIST: allowList,
} satisfies EnvContract;

export const deliverEnv = {
  CONTENT_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  DISPATCH_TABLE: text,
  ARCHIVE_BUCKET: text,
  DELIVER_QUEUE_URL: text,
  BULK_CONFIGURATION_SET: text,
  KEYRING_SECRET: text,
  SHARD_COUNT: positiveInt,
  PORTAL_BASE_URL: webUrl,
  SENDER_ADDRESS: text,
  RECIPIENT_ALLOW_LIST: allowList,
} satisfies EnvContract;

export const feedbackEnv = {
  CONTENT_TABLE: text,
  SUBSCRIBERS_TABLE: text,
  DISPATCH_TABLE: text,
  ARCHIVE_BUCKET: text,
  SHARD_COUNT: positiveInt,
} satisfies EnvContract;
