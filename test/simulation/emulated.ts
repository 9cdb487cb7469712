import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDbAnnouncements } from '../../functions/announcements/dynamodb-announcements.ts';
import { DynamoDbStatusChanges } from '../../functions/announcements/dynamodb-status-changes.ts';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { DynamoDbMailClaims } from '../../functions/mail/transactional/dynamodb-mail-claims.ts';
import { MemoryObjectStore } from '../../functions/platform/memory-object-store.ts';
import { DynamoDbDeliveries } from '../../functions/runs/dynamodb-deliveries.ts';
import { DynamoDbPace } from '../../functions/runs/dynamodb-pace.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import { DynamoDbSources } from '../../functions/sources/dynamodb-sources.ts';
import { DynamoDbRateLimits } from '../../functions/subscribers/dynamodb-rate-limits.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import type { TableName } from '../../config/tables.ts';
import type { World } from './acts.ts';
import { simulate, type Outcome } from './simulation.ts';
import { memoryStores, promptly, shardCount } from './stores.ts';

/**
 * Lives through a story twice, over the in-memory stores and over the real adapters on DynamoDB. Both must come to the
 * same history and the same end, or the stores in memory are not what they pretend to be.
 *
 * @param names of empty tables
 */
export async function livedTwice(
  world: World,
  client: DynamoDBClient,
  names: Record<TableName, string>,
): Promise<{ memory: Outcome; emulated: Outcome }> {
  // Without reads that lag: those of an emulator don't.
  const memory = await simulate(world, {
    stores: (engine, random) => memoryStores(engine, random, promptly),
  });
  const rows = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const emulated = await simulate(world, {
    stores: (engine) => ({
      articles: new DynamoDbArticles(rows, names.content),
      announcements: new DynamoDbAnnouncements(rows, names.content),
      statusChanges: new DynamoDbStatusChanges(rows, names.content),
      sources: new DynamoDbSources(rows, names.content),
      runs: new DynamoDbRuns(rows, names, engine),
      deliveries: new DynamoDbDeliveries(rows, names.dispatch, engine),
      paces: new DynamoDbPace(rows, names.dispatch),
      subscribers: new DynamoDbSubscriberStore(rows, names.subscribers, shardCount),
      limits: new DynamoDbRateLimits(rows, names.dispatch),
      claims: new DynamoDbMailClaims(rows, names.dispatch),
      feeds: new MemoryObjectStore(),
      archive: new MemoryObjectStore(),
    }),
  });
  return { memory, emulated };
}

/** As text in which the order of attributes, and those that are undefined, make no difference. */
export const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
