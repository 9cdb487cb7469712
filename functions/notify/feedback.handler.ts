import { DynamoDbMailClaims } from '../mail/transactional/dynamodb-mail-claims.ts';
import { documentClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { s3Client } from '../platform/s3-client.ts';
import { S3ObjectStore } from '../platform/s3-object-store.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbDeliveries } from '../runs/dynamodb-deliveries.ts';
import { DynamoDbRuns } from '../runs/dynamodb-runs.ts';
import { DynamoDbSubscriberStore } from '../subscribers/dynamodb-subscriber-store.ts';
import { feedbackEnv } from './env.ts';
import type { FeedbackParts } from './feedback.ts';
import { receiveFeedback } from './receive-feedback.ts';
import { SettledBatches } from './settled-batches.ts';

const env = readEnv(feedbackEnv, process.env);
const log = createLog('feedback');
const dynamo = documentClient();
const parts: FeedbackParts = {
  settled: new SettledBatches(
    new DynamoDbRuns(dynamo, { dispatch: env.DISPATCH_TABLE, content: env.CONTENT_TABLE }, systemClock),
  ),
  deliveries: new DynamoDbDeliveries(dynamo, env.DISPATCH_TABLE, systemClock),
  claims: new DynamoDbMailClaims(dynamo, env.DISPATCH_TABLE),
  subscribers: new DynamoDbSubscriberStore(dynamo, env.SUBSCRIBERS_TABLE, env.SHARD_COUNT),
  archive: new S3ObjectStore(s3Client(), env.ARCHIVE_BUCKET),
  clock: systemClock,
  log,
};

/** Receives the `feedback` queue: SES's events, in SNS's envelope. */
export const handler = receiveFeedback(parts);
