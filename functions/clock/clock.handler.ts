import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { documentClient, sqsClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { SqsQueue } from '../platform/sqs-queue.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import type { PollMessage } from '../sources/source-store.ts';
import { clockEnv } from './env.ts';
import { tick, type ClockParts } from './tick.ts';

const env = readEnv(clockEnv, process.env);
const log = createLog('clock');
const content = documentClient();
const sqs = sqsClient();
const parts: ClockParts = {
  sources: new DynamoDbSources(content, env.CONTENT_TABLE),
  ingest: new SqsQueue<PollMessage>(sqs, env.INGEST_QUEUE_URL),
  articles: new DynamoDbArticles(content, env.CONTENT_TABLE),
  announcements: new DynamoDbAnnouncements(content, env.CONTENT_TABLE),
};

/** Invoked by EventBridge Scheduler each minute; what it sends with it does not matter. */
export const handler = async (): Promise<void> => {
  log.info('ticked', { ...(await tick(parts, systemClock.now())) });
};
