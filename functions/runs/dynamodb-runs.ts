import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  paginateQuery,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../platform/dynamodb-batch-get.ts';
import { epochSeconds, type Clock } from '../platform/time.ts';
import { together } from '../platform/together.ts';
import { cadences, type Cadence } from '../subscribers/subscriber.ts';
import { batchWrite } from './dynamodb-batch-write.ts';
import type {
  Batch,
  CadencePointer,
  CadencePointers,
  Manifest,
  Reach,
  ReachKey,
  Run,
  Totals,
} from './run.ts';
import { bySid, keptDays, type RunStore } from './run-store.ts';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type Row = Record<string, unknown>;

/** Conditional writes of one row each that are under way together. */
const atOnce = 25;

/**
 * Runs in the dispatch table, where rows live for 90 days, and the cadences' pointers in the content table:
 *
 * | pk | sk | |
 * |---|---|---|
 * | `RUN#<id>` | `RUN` | the run |
 * | `RUN#<id>` | `SHARD#<shard>` | manifest |
 * | `RUNS#open`, `RUNS#closed` | `<createdAt>#<id>` | the run's id |
 * | `BATCH#<run>#<shard>#<attempt>` | number, 6 digits | a batch as planned |
 * | `FINISHED#<run>#<shard>` | number, 6 digits | what became of a batch |
 * | `REACH#<cadence>#<shard>` | `<sid>#<run>` | a window still to be covered |
 * | `CADENCE#<cadence>` | `CADENCE` | pointer (content table) |
 */
export class DynamoDbRuns implements RunStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #dispatch: string;
  readonly #content: string;
  readonly #clock: Clock;

  constructor(client: DynamoDBDocumentClient, tables: { dispatch: string; content: string }, clock: Clock) {
    this.#client = client;
    this.#dispatch = tables.dispatch;
    this.#content = tables.content;
    this.#clock = clock;
  }

  async pointers(): Promise<CadencePointers> {
    const rows = await batchGet(this.#client, this.#content, cadences.map(pointerKey));
    const byKey = new Map(rows.map((row) => [row['pk'], valueOf(row) as Row & CadencePointer]));
    return Object.fromEntries(
      cadences.flatMap((cadence) => {
        const pointer = byKey.get(pointerKey(cadence).pk);
        return pointer === undefined ? [] : [[cadence, pointer]];
      }),
    );
  }

  async movePointer(
    cadence: Cadence,
    expected: CadencePointer | undefined,
    next: CadencePointer,
    run?: Run,
  ): Promise<'moved' | 'taken'> {
    const pointer: Write = {
      Put: {
        TableName: this.#content,
        Item: { ...pointerKey(cadence), ...next },
        ...(expected === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: `#slot = :slot AND #to = :to AND ${
                expected.frozen === undefined ? 'attribute_not_exists(#frozen)' : '#frozen = :frozen'
              }`,
              ExpressionAttributeNames: { '#slot': 'slot', '#to': 'toNumber', '#frozen': 'frozen' },
              ExpressionAttributeValues: {
                ':slot': expected.slot,
                ':to': expected.toNumber,
                ...(expected.frozen !== undefined && { ':frozen': expected.frozen }),
              },
            }),
      },
    };
    const done = await this.#transact(run === undefined ? [pointer] : [pointer, ...this.#creation(run)]);
    return done ? 'moved' : 'taken';
  }

  async create(run: Run): Promise<'created' | 'exists'> {
    return (await this.#transact(this.#creation(run))) ? 'created' : 'exists';
  }

  async get(id: string): Promise<Run | undefined> {
    const row = await this.#get(this.#dispatch, runKey(id));
    return row && (valueOf(row) as Row & Run);
  }

  async update(run: Run): Promise<'updated' | 'conflict'> {
    const write = this.#put(
      { ...runKey(run.id), ...run },
      {
        ConditionExpression: '#version = :expected AND #state <> :closed',
        ExpressionAttributeNames: { '#version': 'version', '#state': 'state' },
        ExpressionAttributeValues: { ':expected': run.version - 1, ':closed': 'closed' },
      },
    );
    const writes: Write[] =
      run.state === 'closed'
        ? [
            write,
            { Delete: { TableName: this.#dispatch, Key: listKey('open', run) } },
            this.#put({ ...listKey('closed', run), runId: run.id }),
          ]
        : [write];
    return (await this.#transact(writes)) ? 'updated' : 'conflict';
  }

  async listOpen(): Promise<Run[]> {
    return this.#runsOf(await this.#query({ pk: 'RUNS#open' }));
  }

  async listClosed(limit: number): Promise<Run[]> {
    const { Items: rows = [] } = await this.#client.send(
      new QueryCommand({
        ...this.#partition('RUNS#closed'),
        ScanIndexForward: false,
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    return this.#runsOf(rows);
  }

  async putBatches(
    runId: string,
    shard: number,
    attempt: string,
    first: number,
    batches: Batch[],
  ): Promise<void> {
    await batchWrite(
      this.#client,
      this.#dispatch,
      batches.map((batch, index) => ({
        put: this.#kept({ ...batchKey(runId, shard, attempt, first + index), ...batch }),
      })),
    );
  }

  async getBatch(runId: string, shard: number, attempt: string, batch: number): Promise<Batch | undefined> {
    const key = batchKey(runId, shard, attempt, batch);
    // Never changed once written, and rarely read in the same moment: half the units of a consistent read.
    const { Item: early } = await this.#client.send(new GetCommand({ TableName: this.#dispatch, Key: key }));
    const row = early ?? (await this.#get(this.#dispatch, key));
    return row && (valueOf(row) as Row & Batch);
  }

  async putManifest(manifest: Manifest): Promise<'written' | 'exists'> {
    const written = await this.#putNew({ ...manifestKey(manifest.runId, manifest.shard), ...manifest });
    return written ? 'written' : 'exists';
  }

  async getManifest(runId: string, shard: number): Promise<Manifest | undefined> {
    const row = await this.#get(this.#dispatch, manifestKey(runId, shard));
    return row && (valueOf(row) as Row & Manifest);
  }

  async listManifests(runId: string): Promise<Manifest[]> {
    const rows = await this.#query({ pk: `RUN#${runId}`, prefix: 'SHARD#' });
    return rows.map((row) => valueOf(row) as Row & Manifest);
  }

  async finishBatch(
    runId: string,
    shard: number,
    batch: number,
    totals: Totals,
    owed: readonly Reach[],
  ): Promise<'finished' | 'already'> {
    const finished = { ...finishedKey(runId, shard, batch), ...totals };
    // A transaction costs twice as much as a write, and takes 100 rows; a batch has 50 mails.
    const written =
      owed.length === 0
        ? await this.#putNew(finished)
        : await this.#transact([
            this.#put(finished, { ConditionExpression: 'attribute_not_exists(pk)' }),
            ...owed.map((reach) => this.#put({ ...reachKey(reach), ...reach })),
          ]);
    return written ? 'finished' : 'already';
  }

  async getFinished(runId: string, shard: number, batch: number): Promise<Totals | undefined> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#dispatch, Key: finishedKey(runId, shard, batch) }),
    );
    return row && (valueOf(row) as Row & Totals);
  }

  async listFinished(runId: string, shard: number): Promise<Map<number, Totals>> {
    const rows = await this.#query({ pk: `FINISHED#${runId}#${shard}`, lax: true });
    return new Map(rows.map((row) => [Number(row['sk']), valueOf(row) as Row & Totals]));
  }

  async putReaches(reaches: readonly Reach[]): Promise<void> {
    for (let start = 0; start < reaches.length; start += atOnce) {
      await together(
        reaches.slice(start, start + atOnce).map((reach) => this.#putNew({ ...reachKey(reach), ...reach })),
      );
    }
  }

  async takeReaches(reaches: readonly Reach[], by: string): Promise<Reach[]> {
    const taken = await together(reaches.map((reach) => this.#take(reach, by)));
    return taken.filter((reach) => reach !== undefined);
  }

  async listReaches(cadence: Cadence, shard: number): Promise<Map<string, Reach[]>> {
    const rows = await this.#query({ pk: `REACH#${cadence}#${shard}` });
    return bySid(rows.map((row) => valueOf(row) as Row & Reach));
  }

  async reachesOf(shard: number, sid: string): Promise<Reach[]> {
    const lists = await together(
      cadences.map((cadence) => this.#query({ pk: `REACH#${cadence}#${shard}`, prefix: `${sid}#` })),
    );
    return lists.flat().map((row) => valueOf(row) as Row & Reach);
  }

  async deleteReaches(reaches: readonly ReachKey[]): Promise<void> {
    await batchWrite(
      this.#client,
      this.#dispatch,
      reaches.map((reach) => ({ delete: reachKey(reach) })),
    );
  }

  async #take(reach: Reach, by: string): Promise<Reach | undefined> {
    const { takenBy } = reach;
    const asRead = takenBy === undefined ? 'attribute_not_exists(takenBy)' : 'takenBy = :before';
    try {
      await this.#client.send(
        new UpdateCommand({
          TableName: this.#dispatch,
          Key: reachKey(reach),
          UpdateExpression: 'SET takenBy = :by',
          ConditionExpression: `attribute_exists(pk) AND (takenBy = :by OR ${asRead})`,
          ExpressionAttributeValues: { ':by': by, ...(takenBy !== undefined && { ':before': takenBy }) },
        }),
      );
      return { ...reach, takenBy: by };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }

  #creation(run: Run): Write[] {
    return [
      this.#put({ ...runKey(run.id), ...run }, { ConditionExpression: 'attribute_not_exists(pk)' }),
      this.#put({ ...listKey('open', run), runId: run.id }),
    ];
  }

  async #runsOf(rows: Row[]): Promise<Run[]> {
    const found = await batchGet(
      this.#client,
      this.#dispatch,
      rows.map((row) => runKey(row['runId'] as string)),
    );
    const byId = new Map(found.map((row) => [row['id'], valueOf(row) as Row & Run]));
    return rows.flatMap((row) => byId.get(row['runId']) ?? []);
  }

  async #get(table: string, key: { pk: string; sk: string }): Promise<Row | undefined> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    return row;
  }

  #partition(pk: string, prefix?: string): QueryCommandInput {
    return {
      TableName: this.#dispatch,
      KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ...(prefix !== undefined && { ':prefix': prefix }) },
    };
  }

  async #query({ pk, prefix, lax }: { pk: string; prefix?: string; lax?: boolean }): Promise<Row[]> {
    const rows: Row[] = [];
    const query = { ...this.#partition(pk, prefix), ConsistentRead: lax !== true };
    for await (const page of paginateQuery({ client: this.#client }, query)) rows.push(...(page.Items ?? []));
    return rows;
  }

  async #putNew(row: Row): Promise<boolean> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#dispatch,
          Item: this.#kept(row),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  #put(row: Row, condition: Omit<NonNullable<Write['Put']>, 'TableName' | 'Item'> = {}): Write {
    return { Put: { TableName: this.#dispatch, Item: this.#kept(row), ...condition } };
  }

  #kept(row: Row): Row {
    return { ...row, expiresAt: epochSeconds(this.#clock.now()) + keptDays * 86_400 };
  }

  /** `false` when a condition did not hold or another transaction was at the same rows. */
  async #transact(writes: Write[]): Promise<boolean> {
    try {
      await this.#client.send(new TransactWriteCommand({ TransactItems: writes }));
      return true;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
      const expected = ['None', 'ConditionalCheckFailed', 'TransactionConflict'];
      if (codes.length === 0 || codes.some((code) => !expected.includes(code))) throw error;
      return false;
    }
  }
}

const padded = (number: number): string => String(number).padStart(6, '0');
const runKey = (id: string) => ({ pk: `RUN#${id}`, sk: 'RUN' });
const manifestKey = (runId: string, shard: number) => ({ pk: `RUN#${runId}`, sk: `SHARD#${padded(shard)}` });
const pointerKey = (cadence: Cadence) => ({ pk: `CADENCE#${cadence}`, sk: 'CADENCE' });
const listKey = (list: 'open' | 'closed', run: Run) => ({
  pk: `RUNS#${list}`,
  sk: `${run.createdAt}#${run.id}`,
});
const batchKey = (runId: string, shard: number, attempt: string, batch: number) => ({
  pk: `BATCH#${runId}#${shard}#${attempt}`,
  sk: padded(batch),
});
const finishedKey = (runId: string, shard: number, batch: number) => ({
  pk: `FINISHED#${runId}#${shard}`,
  sk: padded(batch),
});
const reachKey = (reach: ReachKey) => ({
  pk: `REACH#${reach.cadence}#${reach.shard}`,
  sk: `${reach.sid}#${reach.runId}`,
});

function valueOf(row: Row): Row {
  const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...value } = row;
  return value;
}
