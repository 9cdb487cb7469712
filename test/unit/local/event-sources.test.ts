import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { FileQueue } from '../../../local/aws/file-queue.ts';
import { QueueSource } from '../../../local/event-sources/queue-source.ts';
import { StreamSource } from '../../../local/event-sources/stream-source.ts';
import { freshTables } from '../../support/tables.ts';

const data = mkdtempSync(join(tmpdir(), 'herold-events-'));
beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => undefined));
afterAll(() => rmSync(data, { recursive: true }));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

describe('QueueSource', () => {
  const settings = { visibilityTimeoutSeconds: 30, maxReceives: 2 };
  let queue: FileQueue;
  let dead: FileQueue;
  let source: QueueSource | undefined;
  let run = 0;

  beforeEach(() => {
    run += 1;
    dead = new FileQueue(join(data, `dead-${run}`), settings);
    queue = new FileQueue(join(data, `queue-${run}`), settings, dead);
  });
  afterEach(async () => source?.stop());

  function start(invoke: (event: SQSEvent) => Promise<unknown>, batchSize = 10, maxConcurrency = 2): void {
    source = new QueueSource({
      name: 'work',
      queue,
      batchSize,
      maxConcurrency,
      invoke: async (event) => invoke(event as SQSEvent),
    });
    source.start();
  }

  test('deletes what succeeded and keeps what was reported as failed', async () => {
    for (const body of ['good', 'bad', 'fine']) queue.send(body);
    start(async ({ Records }) => ({
      batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    }));
    await until(() => queue.list().length === 1);
    expect(queue.list()).toMatchObject([{ body: 'bad', receives: 1 }]);
    expect(source?.isIdle).toBe(false);
  });

  test('keeps the whole batch when the handler throws, and gives it up after its receives', async () => {
    queue.send('poison');
    start(async () => {
      throw new Error('no');
    });
    await until(() => dead.list().length === 1);
    expect(dead.list()).toMatchObject([{ body: 'poison', receives: 2 }]);
    expect(source?.isIdle).toBe(true);
  }, 20_000);

  test('never has more events under way than the queue allows', async () => {
    for (let nth = 0; nth < 12; nth++) queue.send(String(nth));
    let running = 0;
    let most = 0;
    start(
      async ({ Records }) => {
        expect(Records).toHaveLength(1);
        most = Math.max(most, ++running);
        await sleep(5);
        running -= 1;
      },
      1,
      3,
    );
    await until(() => queue.list().length === 0);
    expect(most).toBe(3);
  });
});

describe('StreamSource', () => {
  const dynamoDb = new DynamoDBClient({});
  const streams = new DynamoDBStreamsClient({ endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB });
  let table: string;
  let checkpointFile: string;
  beforeEach(async () => {
    table = (await freshTables()).content;
    checkpointFile = join(data, `${table}.json`);
  });

  const put = async (pk: string): Promise<unknown> =>
    dynamoDb.send(
      new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, sk: { S: 'x' }, n: { N: '1' } } }),
    );
  const keysOf = ({ Records }: DynamoDBStreamEvent) =>
    Records.map(({ dynamodb }) => dynamodb?.NewImage?.pk?.S);
  const open = (invoke: (event: DynamoDBStreamEvent) => Promise<unknown>): StreamSource =>
    new StreamSource({
      dynamoDb,
      streams,
      table,
      checkpointFile,
      invoke: async (event) => invoke(event as DynamoDBStreamEvent),
    });

  test('gives every record once, in order, also over a restart', async () => {
    const seen: unknown[] = [];
    const see = async (event: DynamoDBStreamEvent): Promise<void> => {
      seen.push(...keysOf(event));
    };
    const first = open(see);
    await put('a');
    await put('b');
    first.start();
    await first.caughtUp();
    await first.stop();
    await put('c');
    const second = open(see);
    second.start();
    await second.caughtUp();
    await second.stop();
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  test('gives a batch again until its handler takes it, from the first failure on', async () => {
    await put('a');
    await put('b');
    const batches: unknown[] = [];
    const source = open(async (event) => {
      batches.push(keysOf(event));
      if (batches.length > 1) return undefined;
      return { batchItemFailures: [{ itemIdentifier: event.Records[1]?.dynamodb?.SequenceNumber }] };
    });
    source.start();
    await source.caughtUp();
    await source.stop();
    expect(batches).toEqual([['a', 'b'], ['b']]);
  });
});
