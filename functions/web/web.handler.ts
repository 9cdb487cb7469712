import { portal } from '../../config/portal.ts';
import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { documentClient, secretsManagerClient, sqsClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { SqsQueue } from '../platform/sqs-queue.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbRuns } from '../runs/dynamodb-runs.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import { DynamoDbRateLimits } from '../subscribers/dynamodb-rate-limits.ts';
import { DynamoDbSubscriberStore } from '../subscribers/dynamodb-subscriber-store.ts';
import { SecretsManagerKeyring } from '../subscribers/secrets-manager-keyring.ts';
import type { TransactionalMessage } from '../subscribers/transactional-message.ts';
import { createApp } from './app.tsx';
import { edgeOnly } from './edge-only.ts';
import { webEnv } from './env.ts';
import { lambdaHandler } from './lambda-handler.ts';

const env = readEnv(webEnv, process.env);
const dynamo = documentClient();
const articles = new DynamoDbArticles(dynamo, env.CONTENT_TABLE);
const app = createApp({
  articles,
  announcements: new DynamoDbAnnouncements(dynamo, env.CONTENT_TABLE),
  sources: new DynamoDbSources(dynamo, env.CONTENT_TABLE),
  baseUrl: env.PORTAL_BASE_URL,
  clock: systemClock,
  log: createLog('web'),
  subscriptions: {
    store: new DynamoDbSubscriberStore(dynamo, env.SUBSCRIBERS_TABLE, env.SHARD_COUNT),
    keyring: new SecretsManagerKeyring(secretsManagerClient(), env.KEYRING_SECRET, systemClock),
    limits: new DynamoDbRateLimits(dynamo, env.DISPATCH_TABLE),
    mails: new SqsQueue<TransactionalMessage>(sqsClient(), env.TRANSACTIONAL_QUEUE_URL),
    publications: articles,
    runs: new DynamoDbRuns(dynamo, { content: env.CONTENT_TABLE, dispatch: env.DISPATCH_TABLE }, systemClock),
    erasures: {
      // Few ask to be erased: a start need not load S3's client.
      async add(sid, erasedAt) {
        const { erasureListIn } = await import('../subscribers/s3-erasure-list.ts');
        await erasureListIn(env.ARCHIVE_BUCKET).add(sid, erasedAt);
      },
    },
    clock: systemClock,
    networkDetail: portal.consentNetwork,
  },
});

/** Invoked by the HTTP API behind the edge. */
export const handler = lambdaHandler(edgeOnly(app, env.EDGE_KEYS, env.PORTAL_BASE_URL));
