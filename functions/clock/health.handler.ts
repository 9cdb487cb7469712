import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { SesMailer } from '../mail/ses-mailer.ts';
import { documentClient, sesClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { s3Client } from '../platform/s3-client.ts';
import { S3ObjectStore } from '../platform/s3-object-store.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbRuns } from '../runs/dynamodb-runs.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import { healthEnv } from './health.env.ts';
import { healthAt, healthLists, type Health, type HealthParts } from './health.ts';

const env = readEnv(healthEnv, process.env);
const log = createLog('health');
const metrics = new Metrics({ namespace: env.METRIC_NAMESPACE, serviceName: 'herold' });
const rows = documentClient();
const parts: HealthParts = {
  sources: new DynamoDbSources(rows, env.CONTENT_TABLE),
  articles: new DynamoDbArticles(rows, env.CONTENT_TABLE),
  announcements: new DynamoDbAnnouncements(rows, env.CONTENT_TABLE),
  runs: new DynamoDbRuns(rows, { content: env.CONTENT_TABLE, dispatch: env.DISPATCH_TABLE }, systemClock),
  feeds: new S3ObjectStore(s3Client(), env.FEED_BUCKET),
  mailer: new SesMailer(sesClient(), env.BULK_CONFIGURATION_SET),
};

/** Invoked by EventBridge Scheduler every five minutes: writes how things stand as metrics, which alarms watch. */
export const handler = async (): Promise<Health> => {
  const health = await healthAt(parts, systemClock.now());
  metrics.addMetric('quotaUsedPercent', MetricUnit.Percent, health.quotaUsedPercent);
  for (const list of healthLists) metrics.addMetric(list, MetricUnit.Count, health[list].length);
  metrics.publishStoredMetrics();
  log.info('looked at', { health });
  return health;
};
