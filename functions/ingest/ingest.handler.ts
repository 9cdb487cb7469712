import type { SQSEvent, SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { freezeAt } from '../announcements/freeze.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { documentClient, s3Client } from '../platform/aws-clients.ts';
import { handleEach } from '../platform/batch.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { S3ObjectStore } from '../platform/s3-object-store.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import type { PollMessage } from '../sources/source-store.ts';
import { DynamoDbHostPace } from './dynamodb-host-pace.ts';
import { ingestEnv } from './env.ts';
import { pollSource, type PollParts } from './poll-source.ts';

const env = readEnv(ingestEnv, process.env);
const log = createLog('ingest');
const content = documentClient();
const announcements = new DynamoDbAnnouncements(content, env.CONTENT_TABLE);
const parts: PollParts = {
  clock: systemClock,
  sources: new DynamoDbSources(content, env.CONTENT_TABLE),
  articles: new DynamoDbArticles(content, env.CONTENT_TABLE),
  archive: new S3ObjectStore(s3Client(), env.ARCHIVE_BUCKET),
  pace: new DynamoDbHostPace(content, env.CONTENT_TABLE),
  isFrozen: async (at) => freezeAt(await announcements.list(), at) !== undefined,
  allowedHosts: env.ALLOWED_SOURCE_HOSTS,
  log,
  random: Math.random,
};
const message: z.ZodType<PollMessage> = z.object({ sourceId: z.string() });

/** One message polls one source. */
export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> =>
  handleEach(event, message, log, async ({ sourceId }, record) => {
    const polled = await pollSource(parts, sourceId, record.messageId);
    log.info('polled', { sourceId, ...polled });
  });
