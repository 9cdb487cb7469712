import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { freezeAt } from '../announcements/freeze.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { documentClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { s3Client } from '../platform/s3-client.ts';
import { S3ObjectStore } from '../platform/s3-object-store.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import { DynamoDbHostPace } from './dynamodb-host-pace.ts';
import { ingestEnv } from './env.ts';
import { fetchFeed } from './fetch-feed.ts';
import type { PollParts } from './poll-source.ts';
import { receivePolls } from './receive-polls.ts';

const env = readEnv(ingestEnv, process.env);
const log = createLog('ingest');
const content = documentClient();
const announcements = new DynamoDbAnnouncements(content, env.CONTENT_TABLE);
const fetching = {
  clock: systemClock,
  pace: new DynamoDbHostPace(content, env.CONTENT_TABLE),
  allowedHosts: env.ALLOWED_SOURCE_HOSTS,
};
const parts: PollParts = {
  clock: systemClock,
  fetch: (address, validators) => fetchFeed(fetching, address, validators),
  sources: new DynamoDbSources(content, env.CONTENT_TABLE),
  articles: new DynamoDbArticles(content, env.CONTENT_TABLE),
  archive: new S3ObjectStore(s3Client(), env.ARCHIVE_BUCKET),
  isFrozen: async (at) => freezeAt(await announcements.list(), at) !== undefined,
  log,
  random: Math.random,
};
/** Receives the `ingest` queue: one message polls one source. */
export const handler = receivePolls(parts);
