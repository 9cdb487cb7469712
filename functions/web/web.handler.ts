import { handle } from 'hono/aws-lambda';
import { DynamoDbArticles } from '../articles/dynamodb-articles.ts';
import { documentClient } from '../platform/aws-clients.ts';
import { readEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { DynamoDbSources } from '../sources/dynamodb-sources.ts';
import { createApp } from './app.tsx';
import { webEnv } from './env.ts';

const env = readEnv(webEnv, process.env);
const content = documentClient();
const app = createApp({
  articles: new DynamoDbArticles(content, env.CONTENT_TABLE),
  sources: new DynamoDbSources(content, env.CONTENT_TABLE),
  baseUrl: env.PORTAL_BASE_URL,
  log: createLog('web'),
});

/** Invoked by the HTTP API (payload format 2.0) behind the edge. */
export const handler = handle(app);
