import { randomBytes } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  paginateQuery,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../platform/dynamodb-batch-get.ts';
import { base32 } from '../platform/ids.ts';
import { epochSeconds, Temporal } from '../platform/time.ts';
import { leastOf, type ConsentEntry } from './consent.ts';
import { shardOf } from './sid.ts';
import type { Change, SubscriberStore } from './subscriber-store.ts';
import type { Subscriber } from './subscriber.ts';

/**
 * The subscribers table: people at pk `S#<shard>`, sk their sid; their ledger at pk `C#<sid>`, sk time, version and
 * a few random characters, so that no line ever falls upon another.
 */
export class DynamoDbSubscriberStore implements SubscriberStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #shardCount: number;

  constructor(client: DynamoDBDocumentClient, table: string, shardCount: number) {
    this.#client = client;
    this.#table = table;
    this.#shardCount = shardCount;
  }

  async get(sid: string, now: number): Promise<Subscriber | undefined> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: this.#keyOf(sid), ConsistentRead: true }),
    );
    return row === undefined || isExpired(row, now) ? undefined : subscriberOf(row);
  }

  async getMany(sids: readonly string[], now: number): Promise<Subscriber[]> {
    const keys = [...new Set(sids)].map((sid) => this.#keyOf(sid));
    const rows = await batchGet(this.#client, this.#table, keys);
    return rows.filter((row) => !isExpired(row, now)).map(subscriberOf);
  }

  async put(...changes: Change[]): Promise<'written' | 'conflict'> {
    const written = await this.#transact(
      changes.flatMap(({ subscriber, expected, entry }) => [
        {
          Put: {
            TableName: this.#table,
            Item: { ...this.#keyOf(subscriber.sid), ...subscriber },
            ...conditionOf(expected, entry),
          },
        },
        { Put: { TableName: this.#table, Item: ledgerRow(subscriber.sid, entry) } },
      ]),
    );
    return written ? 'written' : 'conflict';
  }

  async *listShard(shard: number, now: number, after?: string): AsyncIterable<Subscriber[]> {
    const pages = paginateQuery(
      { client: this.#client },
      {
        TableName: this.#table,
        // Planning goes by what is so: whoever changed anything a moment ago would be left out, or written to twice.
        ConsistentRead: true,
        KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: { ':pk': `S#${shard}`, ...(after !== undefined && { ':after': after }) },
      },
    );
    for await (const { Items: rows = [] } of pages) {
      yield rows.filter((row) => !isExpired(row, now)).map(subscriberOf);
    }
  }

  async history(sid: string, now: number): Promise<ConsentEntry[]> {
    const rows = await this.#ledgerRows(sid);
    return rows
      .filter((row) => !isExpired(row, now))
      .map(entryOf)
      .sort((a, b) => a.version - b.version);
  }

  async erase(sid: string, expected: number, entry: ConsentEntry): Promise<'erased' | 'conflict'> {
    const written = await this.#transact([
      { Delete: { TableName: this.#table, Key: this.#keyOf(sid), ...conditionOf(expected, entry) } },
      { Put: { TableName: this.#table, Item: ledgerRow(sid, entry) } },
    ]);
    if (!written) return 'conflict';
    for (const row of await this.#ledgerRows(sid)) {
      await this.#client.send(
        new PutCommand({
          TableName: this.#table,
          Item: { pk: row['pk'], sk: row['sk'], ...leastOf(entryOf(row)) },
        }),
      );
    }
    return 'erased';
  }

  /** @returns false when a condition failed, or another transaction was at it: nothing is written then. */
  async #transact(items: TransactWriteCommandInput['TransactItems']): Promise<boolean> {
    try {
      await this.#client.send(new TransactWriteCommand({ TransactItems: items }));
      return true;
    } catch (error) {
      if (isLost(error)) return false;
      throw error;
    }
  }

  async #ledgerRows(sid: string): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client: this.#client },
      {
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `C#${sid}` },
        ConsistentRead: true,
      },
    );
    for await (const page of pages) rows.push(...(page.Items ?? []));
    return rows;
  }

  #keyOf(sid: string) {
    return { pk: `S#${shardOf(sid, this.#shardCount)}`, sk: sid };
  }
}

/** An expired row that TTL has not deleted yet is as good as none. */
const conditionOf = (expected: number, entry: ConsentEntry) =>
  expected === 0
    ? {
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':now': epochSeconds(Temporal.Instant.from(entry.at)) },
      }
    : {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':expected': expected },
      };

const ledgerRow = (sid: string, entry: ConsentEntry) => ({
  pk: `C#${sid}`,
  sk: `${entry.at}#${String(entry.version).padStart(6, '0')}#${base32(randomBytes(5))}`,
  ...entry,
});

/** Two transactions on one row at the same time cancel one of them, as a failed condition does. */
const isLost = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(
    ({ Code: code }) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict',
  );

const isExpired = (row: Record<string, unknown>, now: number): boolean =>
  typeof row['expiresAt'] === 'number' && row['expiresAt'] <= now;

function subscriberOf(row: Record<string, unknown>): Subscriber {
  const { pk: _pk, sk: _sk, ...subscriber } = row;
  return subscriber as Record<keyof Subscriber, unknown> as Subscriber;
}

function entryOf(row: Record<string, unknown>): ConsentEntry {
  const { pk: _pk, sk: _sk, ...entry } = row;
  return entry as Record<keyof ConsentEntry, unknown> as ConsentEntry;
}
