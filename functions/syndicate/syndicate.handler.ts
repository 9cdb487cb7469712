import { feeds } from '../../config/feeds.ts';
import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { documentClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { s3Client } from '../platform/s3-client.ts';
import { S3ObjectStore } from '../platform/s3-object-store.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import { syndicateEnv } from './env.ts';
import { receiveChanges } from './receive-changes.ts';
import type { SyndicateParts } from './syndicate.ts';

const env = readEnv(syndicateEnv, process.env);
const content = documentClient();
const parts: SyndicateParts = {
  articles: new DynamoDbArticles(content, env.CONTENT_TABLE),
  sources: new DynamoDbSources(content, env.CONTENT_TABLE),
  announcements: new DynamoDbAnnouncements(content, env.CONTENT_TABLE),
  objects: new S3ObjectStore(s3Client(), env.FEED_BUCKET),
  baseUrl: env.PORTAL_BASE_URL,
  hub: feeds.hub,
  log: createLog('syndicate'),
};

/** Invoked by the content table's stream, and after each deployment. */
export const handler = receiveChanges(parts);
