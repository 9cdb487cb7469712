import { text, type EnvContract } from '../platform/env.ts';

export const healthEnv = {
  CONTENT_TABLE: text,
  DISPATCH_TABLE: text,
  FEED_BUCKET: text,
  BULK_CONFIGURATION_SET: text,
  /** Where CloudWatch files the figures, such as `Herold/prod`. */
  METRIC_NAMESPACE: text,
} satisfies EnvContract;
