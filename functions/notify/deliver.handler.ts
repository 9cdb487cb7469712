import { setTimeout } from 'node:timers/promises';
import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { AnnouncementMails } from '../announcements/mail/announcement-mails.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { AllowListedMailer } from '../mail/allow-list.ts';
import { SesMailer } from '../mail/ses-mailer.ts';
import { documentClient, secretsManagerClient, sesClient, sqsClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { s3Client } from '../platform/s3-client.ts';
import { S3ObjectStore } from '../platform/s3-object-store.ts';
import { SqsQueue } from '../platform/sqs-queue.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbDeliveries } from '../runs/dynamodb-deliveries.ts';
import { DynamoDbPace } from '../runs/dynamodb-pace.ts';
import { DynamoDbRuns } from '../runs/dynamodb-runs.ts';
import type { DeliverMessage } from '../runs/run.ts';
import { DynamoDbSubscriberStore } from '../subscribers/dynamodb-subscriber-store.ts';
import { SecretsManagerKeyring } from '../subscribers/secrets-manager-keyring.ts';
import type { DeliverParts } from './deliver.ts';
import { EditionShelf } from './editions.ts';
import { deliverEnv } from './env.ts';
import { receiveBatches } from './receive-batches.ts';

const env = readEnv(deliverEnv, process.env);
const log = createLog('deliver');
const dynamo = documentClient();
const announcements = new AnnouncementMails({
  announcements: new DynamoDbAnnouncements(dynamo, env.CONTENT_TABLE),
  clock: systemClock,
  baseUrl: env.PORTAL_BASE_URL,
});
const ses = new SesMailer(sesClient(), env.BULK_CONFIGURATION_SET);
const parts: DeliverParts = {
  runs: new DynamoDbRuns(dynamo, { dispatch: env.DISPATCH_TABLE, content: env.CONTENT_TABLE }, systemClock),
  deliveries: new DynamoDbDeliveries(dynamo, env.DISPATCH_TABLE, systemClock),
  subscribers: new DynamoDbSubscriberStore(dynamo, env.SUBSCRIBERS_TABLE, env.SHARD_COUNT),
  announcements,
  editions: new EditionShelf({
    articles: new DynamoDbArticles(dynamo, env.CONTENT_TABLE),
    announcements,
    archive: new S3ObjectStore(s3Client(), env.ARCHIVE_BUCKET),
    sender: { address: env.SENDER_ADDRESS, baseUrl: env.PORTAL_BASE_URL },
  }),
  mailer: new AllowListedMailer(ses, env.RECIPIENT_ALLOW_LIST),
  paces: new DynamoDbPace(dynamo, env.DISPATCH_TABLE),
  deliver: new SqsQueue<DeliverMessage>(sqsClient(), env.DELIVER_QUEUE_URL),
  keyring: new SecretsManagerKeyring(secretsManagerClient(), env.KEYRING_SECRET, systemClock),
  isAllowed: env.RECIPIENT_ALLOW_LIST,
  clock: systemClock,
  sleep: (ms) => setTimeout(ms),
};

/** Receives the `deliver` queue: one batch of mails. */
export const handler = receiveBatches(parts, log);
