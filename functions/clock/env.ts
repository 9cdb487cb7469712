import { positiveInt, text, webUrl, type EnvContract, type EnvReader } from '../platform/env.ts';

const webUrlOrNone: EnvReader<URL | undefined> = (value) => (value === 'none' ? undefined : webUrl(value));

export const clockEnv = {
  CONTENT_TABLE: text,
  DISPATCH_TABLE: text,
  INGEST_QUEUE_URL: text,
  PLAN_QUEUE_URL: text,
  SHARD_COUNT: positiveInt,
  /** Where a CMS is told of changes of the editorial status; `none` where there is no CMS that wants to know. */
  CMS_WEBHOOK_URL: webUrlOrNone,
  /** Secrets Manager id of the key that those messages are signed with. Read only when there is a CMS. */
  CMS_WEBHOOK_SECRET: text,
} satisfies EnvContract;
