import { deadLettersName, queueNames, queues, type QueueName } from '../config/queues.ts';
import { deadLettersSuffix } from './aws/sqs.ts';
import { tables, type TableName } from '../config/tables.ts';

export const tableNames: Record<TableName, string> = {
  content: 'herold-content',
  subscribers: 'herold-subscribers',
  dispatch: 'herold-dispatch',
};
export const feedBucket = 'herold-feeds';
export const archiveBucket = 'herold-archive';
export const keyringSecret = 'herold-keyring';
export const shardCount = 4;
export const edgeKey = 'key-of-the-local-edge';

export interface Addresses {
  /** Where the portal is for people. */
  portal: string;
  aws: string;
  dynamoDb: string;
  /** `host:port` of what ingest may fetch although it is on this machine. */
  sources: readonly string[];
}

/** Every variable that functions have on AWS, with the values for this machine. */
export function environmentOf({ portal, aws, dynamoDb, sources }: Addresses): Record<string, string> {
  return {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: dynamoDb,
    AWS_ENDPOINT_URL_SES: `${aws}/ses`,
    AWS_ENDPOINT_URL_SQS: `${aws}/sqs`,
    AWS_ENDPOINT_URL_S3: `${aws}/s3`,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `${aws}/secrets-manager`,
    ...Object.fromEntries(
      Object.entries(tables).map(([name, { environmentName }]) => [
        environmentName,
        tableNames[name as TableName],
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(queues).map(([name, { environmentName }]) => [
        environmentName,
        `${aws}/sqs/${name satisfies string as QueueName}`,
      ]),
    ),
    ...Object.fromEntries(
      queueNames.map((name) => [deadLettersName(name), `${aws}/sqs/${name}${deadLettersSuffix}`]),
    ),
    FEED_BUCKET: feedBucket,
    ARCHIVE_BUCKET: archiveBucket,
    PORTAL_BASE_URL: portal,
    SENDER_ADDRESS: 'herold@portal-jugendhilfe.example',
    BULK_CONFIGURATION_SET: 'bulk',
    TRANSACTIONAL_CONFIGURATION_SET: 'transactional',
    KEYRING_SECRET: keyringSecret,
    SHARD_COUNT: String(shardCount),
    ALLOWED_SOURCE_HOSTS: sources.join(','),
    RECIPIENT_ALLOW_LIST: '*',
    METRIC_NAMESPACE: 'Herold/local',
    CMS_WEBHOOK_URL: 'none',
    CMS_WEBHOOK_SECRET: 'none',
    EDGE_KEYS: edgeKey,
  };
}
