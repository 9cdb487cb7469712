import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { AnnouncementMails } from '../announcements/mail/announcement-mails.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { SesMailer } from '../mail/ses-mailer.ts';
import { documentClient, sesClient, sqsClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { SqsQueue } from '../platform/sqs-queue.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbDeliveries } from '../runs/dynamodb-deliveries.ts';
import { DynamoDbPace } from '../runs/dynamodb-pace.ts';
import { DynamoDbRuns } from '../runs/dynamodb-runs.ts';
import type { DeliverMessage, PlanMessage } from '../runs/run.ts';
import { DynamoDbSubscriberStore } from '../subscribers/dynamodb-subscriber-store.ts';
import { planEnv } from './env.ts';
import type { PlanParts } from './plan.ts';
import { receivePlans } from './receive-plans.ts';

const env = readEnv(planEnv, process.env);
const log = createLog('plan');
const dynamo = documentClient();
const sqs = sqsClient();
const parts: PlanParts = {
  runs: new DynamoDbRuns(dynamo, { dispatch: env.DISPATCH_TABLE, content: env.CONTENT_TABLE }, systemClock),
  deliveries: new DynamoDbDeliveries(dynamo, env.DISPATCH_TABLE, systemClock),
  subscribers: new DynamoDbSubscriberStore(dynamo, env.SUBSCRIBERS_TABLE, env.SHARD_COUNT),
  articles: new DynamoDbArticles(dynamo, env.CONTENT_TABLE),
  announcements: new AnnouncementMails({
    announcements: new DynamoDbAnnouncements(dynamo, env.CONTENT_TABLE),
    clock: systemClock,
    baseUrl: env.PORTAL_BASE_URL,
  }),
  isAllowed: env.RECIPIENT_ALLOW_LIST,
  mailer: new SesMailer(sesClient(), env.BULK_CONFIGURATION_SET),
  paces: new DynamoDbPace(dynamo, env.DISPATCH_TABLE),
  plan: new SqsQueue<PlanMessage>(sqs, env.PLAN_QUEUE_URL),
  deliver: new SqsQueue<DeliverMessage>(sqs, env.DELIVER_QUEUE_URL),
  clock: systemClock,
};

/** Receives the `plan` queue: one shard of a run. */
export const handler = receivePlans(parts, log);
