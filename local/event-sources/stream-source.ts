import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type _Record,
  type DynamoDBStreamsClient,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { readJson, writeWhole } from '../files.ts';
import type { Invoke } from '../lambda.ts';

export interface StreamSourceProps {
  dynamoDb: DynamoDBClient;
  streams: DynamoDBStreamsClient;
  table: string;
  /** Where it keeps how far it is. */
  checkpointFile: string;
  invoke: Invoke;
}

/** How far each shard of a stream has been handled. */
interface Checkpoint {
  stream: string;
  shards: Record<string, string>;
}

const batchSize = 500;
/** A burst becomes one event, as at AWS, where the window is longer: nobody watches it there. */
const batchingWindowMs = 300;
const lookEveryMs = 100;
const maxPauseMs = 10_000;

/**
 * Lambda's event source for a DynamoDB stream: records in order, a batch again and again until its handler takes it.
 * The checkpoint is written after the handler is done, so a kill between the two shows it records twice, never none.
 */
export class StreamSource {
  readonly #props: StreamSourceProps;
  /** Where to read on in each open shard, parents first. */
  readonly #iterators = new Map<string, string>();
  readonly #readToTheEnd = new Set<string>();
  #shardsAreKnown = false;
  #loop: Promise<void> | undefined;
  #stopping = false;
  #failures = 0;
  #passesStarted = 0;
  #lastEmptyPass = 0;
  #cutRestShort: () => void = () => undefined;

  constructor(props: StreamSourceProps) {
    this.#props = props;
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#loop;
  }

  /** Resolves when everything that is in the stream by now has been handled. */
  async caughtUp(): Promise<void> {
    const after = this.#passesStarted;
    while (this.#lastEmptyPass <= after && !this.#stopping) {
      this.#cutRestShort();
      await sleep(5);
    }
  }

  /** Batches that failed since the last that was taken. */
  get failures(): number {
    return this.#failures;
  }

  async #run(): Promise<void> {
    let checkpoint: Checkpoint | undefined;
    while (!this.#stopping) {
      const pass = ++this.#passesStarted;
      try {
        checkpoint ??= await this.#readCheckpoint();
        if ((await this.#pass(checkpoint)) === 0) this.#lastEmptyPass = pass;
        this.#failures = 0;
        await this.#rest(lookEveryMs);
      } catch (error) {
        this.#failures += 1;
        this.#iterators.clear();
        this.#shardsAreKnown = false; // so that reading goes on from the checkpoint
        console.error(
          `The stream of ${this.#props.table} stands: ${(error as Error).stack ?? String(error)}`,
        );
        await sleep(Math.min(maxPauseMs, 250 * 2 ** this.#failures));
      }
    }
  }

  async #rest(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#cutRestShort = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #readCheckpoint(): Promise<Checkpoint> {
    const { dynamoDb, table, checkpointFile } = this.#props;
    const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName: table }));
    const stream = Table?.LatestStreamArn;
    if (stream === undefined) throw new Error(`Table ${table} has no stream`);
    const known = readJson(checkpointFile) as Checkpoint | undefined;
    return known?.stream === stream ? known : { stream, shards: {} };
  }

  /** Reads every shard to its end once, parents first, and returns how many records there were. */
  async #pass(checkpoint: Checkpoint): Promise<number> {
    if (!this.#shardsAreKnown) await this.#findShards(checkpoint);
    let count = 0;
    for (const [shard, iterator] of this.#iterators) {
      const { records, next } = await this.#read(iterator);
      if (records.length > 0) await this.#handle(checkpoint, shard, records);
      count += records.length;
      if (next !== undefined) {
        this.#iterators.set(shard, next);
      } else {
        this.#iterators.delete(shard);
        this.#readToTheEnd.add(shard);
        this.#shardsAreKnown = false; // it has children now
      }
    }
    return count;
  }

  async #findShards(checkpoint: Checkpoint): Promise<void> {
    const { streams } = this.#props;
    const { StreamDescription: description } = await streams.send(
      new DescribeStreamCommand({ StreamArn: checkpoint.stream }),
    );
    this.#shardsAreKnown = true;
    for (const { ShardId: shard = '' } of description?.Shards ?? []) {
      if (this.#iterators.has(shard) || this.#readToTheEnd.has(shard)) continue;
      const after = checkpoint.shards[shard];
      const { ShardIterator: iterator } = await streams.send(
        new GetShardIteratorCommand({
          StreamArn: checkpoint.stream,
          ShardId: shard,
          ...(after === undefined
            ? { ShardIteratorType: 'TRIM_HORIZON' }
            : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
        }),
      );
      if (iterator !== undefined) this.#iterators.set(shard, iterator);
    }
  }

  /** A batch: what is there, and what comes within the batching window after its first record. */
  async #read(iterator: string): Promise<{ records: _Record[]; next: string | undefined }> {
    const records: _Record[] = [];
    let next: string | undefined = iterator;
    let until: number | undefined;
    while (next !== undefined && records.length < batchSize) {
      const page: GetRecordsCommandOutput = await this.#props.streams.send(
        new GetRecordsCommand({ ShardIterator: next, Limit: batchSize - records.length }),
      );
      records.push(...(page.Records ?? []));
      next = page.NextShardIterator;
      if (records.length === 0) break;
      until ??= performance.now() + batchingWindowMs;
      const left = until - performance.now();
      if (left <= 0) break;
      if (page.Records?.length === 0) await sleep(Math.min(left, 50));
    }
    return { records, next };
  }

  async #handle(checkpoint: Checkpoint, shard: string, records: _Record[]): Promise<void> {
    const event: DynamoDBStreamEvent = {
      Records: records.map((record) => lambdaRecord(record, checkpoint.stream)),
    };
    const response = (await this.#props.invoke(event)) as DynamoDBBatchResponse | undefined;
    const failed = new Set(response?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    // Lambda goes on from the first failure: what comes before it is done.
    const firstFailure = records.findIndex((record) => failed.has(record.dynamodb?.SequenceNumber ?? ''));
    const done = failed.size === 0 ? records : records.slice(0, Math.max(0, firstFailure));
    const last = done.at(-1)?.dynamodb?.SequenceNumber;
    if (last !== undefined) {
      checkpoint.shards[shard] = last;
      writeWhole(this.#props.checkpointFile, JSON.stringify(checkpoint));
    }
    if (failed.size > 0) throw new Error(`${failed.size} of ${records.length} records failed`);
  }
}

/** The record as Lambda gives it: moments in epoch seconds, binary values in base 64. */
function lambdaRecord(record: _Record, eventSourceARN: string): DynamoDBRecord {
  const { dynamodb, eventID, eventName, eventVersion } = record;
  const image = (value: unknown): unknown =>
    value === undefined
      ? undefined
      : JSON.parse(
          JSON.stringify(value, (_key, inner: unknown) =>
            inner instanceof Uint8Array ? Buffer.from(inner).toString('base64') : inner,
          ),
        );
  return {
    eventID,
    eventName,
    eventVersion,
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-central-1',
    eventSourceARN,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor((dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000),
      Keys: image(dynamodb?.Keys),
      NewImage: image(dynamodb?.NewImage),
      OldImage: image(dynamodb?.OldImage),
      SequenceNumber: dynamodb?.SequenceNumber,
      SizeBytes: dynamodb?.SizeBytes,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    } as DynamoDBRecord['dynamodb'],
  };
}
