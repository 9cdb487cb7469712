import { handle } from 'hono/aws-lambda';
import { DynamoDbAnnouncements } from '../announcements/dynamodb-announcements.ts';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { documentClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { systemClock } from '../platform/time.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import { createApp } from './app.tsx';
import { webEnv } from './env.ts';

const env = readEnv(webEnv, process.env);
const content = documentClient();
const app = createApp({
  articles: new DynamoDbArticles(content, env.CONTENT_TABLE),
  announcements: new DynamoDbAnnouncements(content, env.CONTENT_TABLE),
  sources: new DynamoDbSources(content, env.CONTENT_TABLE),
  baseUrl: env.PORTAL_BASE_URL,
  clock: systemClock,
  log: createLog('web'),
});

/** Invoked by the HTTP API (payload format 2.0) behind the edge. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- goes with Hono 5; the package that replaces it is not published yet
export const handler = handle(app);
