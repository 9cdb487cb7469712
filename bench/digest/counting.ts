import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import { MemoryMailClaims } from '../../functions/mail/transactional/memory-mail-claims.ts';
import { handleFeedback } from '../../functions/notify/feedback.ts';
import { SettledBatches } from '../../functions/notify/settled-batches.ts';
import { MemoryObjectStore } from '../../functions/platform/memory-object-store.ts';
import { systemClock } from '../../functions/platform/time.ts';
import { DynamoDbDeliveries } from '../../functions/runs/dynamodb-deliveries.ts';
import { DynamoDbPace } from '../../functions/runs/dynamodb-pace.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import { createTables, startEmbeddedDynamoDb } from '../../local/embedded-dynamodb.ts';
import type { Figure } from '../run.ts';
import { wholeRun } from './sending.ts';

/** Prices of eu-central-1 in US dollars per million: on-demand units of DynamoDB, requests of SQS, mails of SES. */
const dollars = { writes: 0.7625, reads: 0.1525, requests: 0.4, mails: 100 } as const;

const writing = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'];

/**
 * What mails cost over the real adapters and an embedded DynamoDB that tells the units of each call, events included:
 * with batches that are mostly full, and where hardly two people of a shard share an edition.
 */
export async function counting(readers: number): Promise<Figure[]> {
  const full = await count(readers, 2);
  const small = await count(Math.min(readers, 3200), 16);
  return [
    ...figures('', full),
    ...figures(', one mail of an edition and shard', small),
    { name: 'SES calls', value: 1, unit: 'per mail' },
  ];
}

interface Counts {
  mails: number;
  writes: number;
  reads: number;
  messages: number;
}

async function count(readers: number, shards: number): Promise<Counts> {
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  const database = await startEmbeddedDynamoDb();
  try {
    const client = new DynamoDBClient({ endpoint: database.endpoint });
    const names = { content: 'content', subscribers: 'subscribers', dispatch: 'dispatch' };
    await createTables(client, names);
    const units = { writes: 0, reads: 0 };
    countUnits(client, units);
    const document = DynamoDBDocumentClient.from(client, {
      marshallOptions: { removeUndefinedValues: true },
    });
    const deliveries = new DynamoDbDeliveries(document, names.dispatch, systemClock);
    const subscribers = new DynamoDbSubscriberStore(document, names.subscribers, shards);
    const stores = {
      runs: new DynamoDbRuns(document, names, systemClock),
      deliveries,
      paces: new DynamoDbPace(document, names.dispatch),
      subscribers,
      articles: new MemoryArticles(),
    };
    const sent = await wholeRun(stores, { readers, perSecond: 1000, shards }, () => {
      units.writes = 0;
      units.reads = 0;
    });
    // SES reports each mail once as sent and once as delivered.
    const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    const settled = new SettledBatches(stores.runs);
    const parts = {
      settled,
      deliveries,
      claims: new MemoryMailClaims(),
      subscribers,
      archive: new MemoryObjectStore(),
      clock: systemClock,
      log,
    };
    for (const tags of sent.tags) {
      const told = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
      const event = { eventType: 'Send', mail: { messageId: tags['sid'], tags: told } };
      await handleFeedback(parts, { MessageId: 'event', Message: JSON.stringify(event) });
    }
    client.destroy();
    return { mails: sent.readers, ...units, messages: sent.planMessages + sent.deliverMessages };
  } finally {
    await database.stop();
  }
}

function figures(of: string, { mails, messages, ...units }: Counts): Figure[] {
  const writes = units.writes / mails;
  const reads = units.reads / mails;
  // A message is sent (ten at a time), received and deleted one by one; two events of each mail come ten at a time.
  const requests = (messages * 2.1 + (2 * mails * 2) / 10) / mails;
  const perMillion =
    dollars.mails + writes * dollars.writes + reads * dollars.reads + requests * dollars.requests;
  const cost = perMillion / dollars.mails;
  return [
    {
      name: `DynamoDB write units${of}`,
      value: writes,
      unit: 'per mail',
      bar: '≤ 2.2',
      holds: writes <= 2.2,
    },
    {
      name: `DynamoDB read units, events included${of}`,
      value: reads,
      unit: 'per mail',
      bar: '≤ 1.2',
      holds: reads <= 1.2,
    },
    { name: `SQS requests, events included${of}`, value: requests, unit: 'per mail' },
    {
      name: `cost of 1M mails, of the SES bill${of}`,
      value: cost,
      unit: 'times',
      bar: '≤ 1.05',
      holds: cost <= 1.05,
    },
  ];
}

interface Consumed {
  ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[];
}

function countUnits(client: DynamoDBClient, units: { writes: number; reads: number }): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const result = await next(args);
      const consumed = (result.output as Consumed).ConsumedCapacity;
      const sum = [consumed ?? []].flat().reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0);
      const isWrite = writing.some((name) => context.commandName === `${name}Command`);
      units[isWrite ? 'writes' : 'reads'] += sum;
      return result;
    },
    { step: 'initialize' },
  );
}

const ignore = (): undefined => undefined;
