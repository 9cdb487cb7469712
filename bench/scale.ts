import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Figure } from './run.ts';
import { articles } from './scale/articles.ts';
import { growthFigure } from './scale/growth.ts';
import { planning, type PlanningTables } from './scale/planning.ts';
import { articleRows, subscriberRows } from './scale/portal-at-scale.ts';
import { sendInMemory, sendOverDynamoDb, type SendingTook } from './scale/sending.ts';
import { tableSizes } from './scale/table-sizes.ts';
import { startFilledDynamoDb } from './support/filled-dynamodb.ts';
import { inOwnProcess } from './support/own-process.ts';

/** Mails that go over the embedded DynamoDB, which takes two writes for each: enough to tell the rate. */
const mailsOverDynamoDb = 10_000;

interface Work {
  endpoint: string;
  planning: PlanningTables;
  articles: readonly { size: number; table: string }[];
  sending: { content: string; dispatch: string; subscribers: string };
}

/**
 * The whole at the size that it was thought for: a million subscribers, twenty topics, 100,000 stored articles. Planning
 * and reading run over the adapters of the deployment on an embedded DynamoDB; sending runs over them for 10,000 mails,
 * and over stores in memory for all, since one embedded database would be all that is measured.
 *
 * `HEROLD_BENCH_SUBSCRIBERS` (1000000 when not set) and `HEROLD_BENCH_ARTICLES` (100000) make a shorter run.
 */
export default async function scale(): Promise<{ figures: Figure[] }> {
  const most = sizeFrom('HEROLD_BENCH_SUBSCRIBERS', 1_000_000);
  const stored = sizeFrom('HEROLD_BENCH_ARTICLES', 100_000);
  const subscribers = [0.1, 0.25, 0.5, 1].map((part) => tableFor('subscribers', Math.round(most * part)));
  const content = [0.25, 0.5, 1].map((part) => tableFor('content', Math.round(stored * part)));
  const largest = content.at(-1)?.table ?? '';
  const few = tableFor('subscribers-mailed', Math.min(mailsOverDynamoDb, most));
  const began = performance.now();
  const database = await startFilledDynamoDb(
    Object.fromEntries([
      ...subscribers.map(({ size, table }) => [table, subscriberRows(size)] as const),
      ...content.map(({ size, table }) => [table, articleRows(size)] as const),
      [few.table, subscriberRows(few.size)] as const,
      ...['dispatch-planned', 'dispatch-mailed', 'subscribers-sized', 'content-sized'].map(
        (table) => [table, []] as const,
      ),
    ]),
  );
  const filled = (performance.now() - began) / 1000;
  try {
    const work: Work = {
      endpoint: database.endpoint,
      planning: { content: largest, dispatch: 'dispatch-planned', subscribers, articles: stored },
      articles: content,
      sending: { content: largest, dispatch: 'dispatch-mailed', subscribers: few.table },
    };
    // Functions of 1769 MB plan, functions of 1024 MB send; both get along with much less.
    const planned = await inOwnProcess<Figure[]>(import.meta.url, 'planAll', work, 256);
    const read = await inOwnProcess<Figure[]>(import.meta.url, 'readArticles', work, 512);
    const mailed = await inOwnProcess<SendingTook>(import.meta.url, 'sendSome', work, 512);
    const inMemory: { size: number; took: SendingTook }[] = [];
    for (const { size } of subscribers) {
      inMemory.push({ size, took: await inOwnProcess(import.meta.url, 'sendInMemory', size, 4096) });
    }
    return {
      figures: [
        { name: 'filling the embedded DynamoDB', value: filled, unit: 's' },
        ...planned,
        ...sendingFigures(mailed, inMemory),
        ...read,
        ...(await withClient(work, (client) =>
          tableSizes(client, sized(mailed), { subscribers: most, articles: stored }),
        )),
      ],
    };
  } finally {
    await database.stop();
  }
}

function sendingFigures(
  overDynamoDb: SendingTook,
  inMemory: readonly { size: number; took: SendingTook }[],
): Figure[] {
  const ofSizes = (value: (took: SendingTook) => number) => inMemory.map(({ took }) => value(took));
  return [
    ...inMemory.map(({ size, took }) => ({
      name: `mails to ${size} subscribers, stores in memory`,
      value: took.mails / took.seconds,
      unit: 'mails/s',
    })),
    growthFigure(
      'time of sending on its processor',
      ofSizes(({ mails }) => mails),
      ofSizes(({ cpuMs }) => cpuMs),
    ),
    {
      name: `mails over the embedded DynamoDB (${overDynamoDb.mails})`,
      value: overDynamoDb.mails / overDynamoDb.seconds,
      unit: 'mails/s',
    },
    {
      name: 'sender over DynamoDB, resident memory at its peak',
      value: overDynamoDb.peakMiB,
      unit: 'MiB',
      bar: '< 512',
      holds: overDynamoDb.peakMiB < 512,
    },
  ];
}

export { sendInMemory };

export const planAll = (work: Work): Promise<Figure[]> =>
  withClient(work, (client) => planning(client, work.planning));

export const readArticles = (work: Work): Promise<Figure[]> =>
  withClient(work, (client) => articles(client, work.articles));

export const sendSome = (work: Work): Promise<SendingTook> =>
  withClient(work, (client) => sendOverDynamoDb(client, work.sending));

async function withClient<T>(
  { endpoint }: Work,
  act: (client: DynamoDBDocumentClient) => Promise<T>,
): Promise<T> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials });
  try {
    return await act(
      DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    );
  } finally {
    client.destroy();
  }
}

const sized = ({ mails }: SendingTook) => ({
  ...{ content: 'content-sized', subscribers: 'subscribers-sized', dispatch: 'dispatch-mailed', mails },
});

const tableFor = (name: string, size: number) => ({ size, table: `${name}-${size}` });

function sizeFrom(name: string, otherwise: number): number {
  const text = process.env[name];
  const size = Number(text ?? otherwise);
  if (!Number.isInteger(size) || size < 1000) {
    throw new Error(`${name} must be a whole number of at least 1000. Received: ${text ?? ''}`);
  }
  return size;
}
