import { CmsWebhook } from '../announcements/cms-webhook.ts';
import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { DynamoDbStatusChanges } from '../announcements/dynamodb-status-changes.ts';
import { readCmsKey } from '../announcements/secrets-manager-cms-key.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { documentClient, secretsManagerClient, sqsClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { SqsQueue } from '../platform/sqs-queue.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbDeliveries } from '../runs/dynamodb-deliveries.ts';
import { DynamoDbRuns } from '../runs/dynamodb-runs.ts';
import type { PlanMessage } from '../runs/run.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import type { PollMessage } from '../sources/source-store.ts';
import { clockEnv } from './env.ts';
import { tick, type ClockParts } from './tick.ts';

const env = readEnv(clockEnv, process.env);
const log = createLog('clock');
const dynamo = documentClient();
const sqs = sqsClient();
const parts: Omit<ClockParts, 'cms'> = {
  sources: new DynamoDbSources(dynamo, env.CONTENT_TABLE),
  ingest: new SqsQueue<PollMessage>(sqs, env.INGEST_QUEUE_URL),
  articles: new DynamoDbArticles(dynamo, env.CONTENT_TABLE),
  announcements: new DynamoDbAnnouncements(dynamo, env.CONTENT_TABLE),
  statusChanges: new DynamoDbStatusChanges(dynamo, env.CONTENT_TABLE),
  runs: new DynamoDbRuns(dynamo, { content: env.CONTENT_TABLE, dispatch: env.DISPATCH_TABLE }, systemClock),
  deliveries: new DynamoDbDeliveries(dynamo, env.DISPATCH_TABLE, systemClock),
  plan: new SqsQueue<PlanMessage>(sqs, env.PLAN_QUEUE_URL),
  shardCount: env.SHARD_COUNT,
  log,
};

/** Loaded on the first tick; a key that can't be read fails the telling alone, and is read again a minute later. */
let webhook: CmsWebhook | undefined;
const { CMS_WEBHOOK_URL: cmsUrl, CMS_WEBHOOK_SECRET: cmsSecret } = env;
const cms: ClockParts['cms'] = cmsUrl && {
  async tell(change, now) {
    webhook ??= new CmsWebhook(cmsUrl, await readCmsKey(secretsManagerClient(), cmsSecret));
    return webhook.tell(change, now);
  },
};

/** Invoked by EventBridge Scheduler each minute; what it sends with it does not matter. */
export const handler = async (): Promise<void> => {
  log.info('ticked', await tick({ ...parts, cms }, systemClock.now()));
};
