import type { DynamoDBStreamEvent } from 'aws-lambda';
import { feeds } from '../../config/feeds.ts';
import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { documentClient, s3Client } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { S3ObjectStore } from '../platform/s3-object-store.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import { changesOf, everyFeed } from './content-changes.ts';
import { syndicateEnv } from './env.ts';
import { syndicate, type SyndicateParts } from './syndicate.ts';

const env = readEnv(syndicateEnv, process.env);
const log = createLog('syndicate');
const content = documentClient();
const parts: SyndicateParts = {
  articles: new DynamoDbArticles(content, env.CONTENT_TABLE),
  sources: new DynamoDbSources(content, env.CONTENT_TABLE),
  announcements: new DynamoDbAnnouncements(content, env.CONTENT_TABLE),
  objects: new S3ObjectStore(s3Client(), env.FEED_BUCKET),
  baseUrl: env.PORTAL_BASE_URL,
  hub: feeds.hub,
  log,
};

/**
 * Invoked by the content table's stream; by anything else (after a deployment, by hand) it brings every feed in line.
 * A batch that fails is received again as a whole, which is safe: the feeds are read from the table.
 */
export const handler = async (event: Partial<DynamoDBStreamEvent>): Promise<void> => {
  const changes = event.Records === undefined ? everyFeed : changesOf(event.Records);
  const written = await syndicate(parts, changes);
  if (written.length > 0) log.info('feeds written', { objects: written.length });
};
