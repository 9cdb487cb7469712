import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Limit, RateLimits } from './rate-limits.ts';

type Row = Record<string, unknown>;

/** Rounds of making room: others may take it, and then there is none. */
const attempts = 8;

/** Expressions are 4 kB long at most (DynamoDB quotas). */
const mostForgotten = 200;

/**
 * Counters in the dispatch table, pk `RATE#<key>`: for each limit a list of the moments that count under it. One write
 * adds to all lists unless one is full, so that however many count at the same moment, none of them has to try again;
 * only in a full list room is made first, by forgetting what no longer counts.
 */
export class DynamoDbRateLimits implements RateLimits {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async take(key: string, limits: readonly Limit[], now: number): Promise<'taken' | 'limited'> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (await this.#add(key, limits, now)) return 'taken';
      const row = await this.#row(key);
      const past = limits.map((limit) => pastOf(row, limit, now));
      const isFull = limits.some(
        (limit, index) => past[index] === 0 && momentsOf(row, limit).length >= limit.max,
      );
      if (isFull) return 'limited';
      if (past.some((count) => count > 0)) await this.#forget(key, limits, past, now);
    }
    return 'limited';
  }

  async #row(key: string): Promise<Row> {
    const { Item: row = {} } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: idOf(key), ConsistentRead: true }),
    );
    return row;
  }

  /** @returns false when one of the lists is full */
  #add(key: string, limits: readonly Limit[], now: number): Promise<boolean> {
    const longest = Math.max(...limits.map(({ seconds }) => seconds));
    const additions = limits.map(
      (_, index) => `#l${index} = list_append(if_not_exists(#l${index}, :none), :now)`,
    );
    return this.#update(key, {
      UpdateExpression: `SET expiresAt = :expiresAt, ${additions.join(', ')}`,
      ConditionExpression: limits
        .map((_, index) => `(attribute_not_exists(#l${index}) OR size(#l${index}) < :max${index})`)
        .join(' AND '),
      ExpressionAttributeNames: namesOf(limits),
      ExpressionAttributeValues: {
        ...{ ':none': [], ':now': [now], ':expiresAt': now + longest },
        ...Object.fromEntries(limits.map(({ max }, index) => [`:max${index}`, max])),
      },
    });
  }

  /** Takes away the oldest of each list, unless someone else has done so: then what stands in their place still counts. */
  async #forget(
    key: string,
    limits: readonly Limit[],
    counts: readonly number[],
    now: number,
  ): Promise<void> {
    const lists = limits.flatMap((limit, index) => {
      const count = Math.min(counts[index] ?? 0, mostForgotten);
      return count === 0 ? [] : [{ limit, index, count }];
    });
    // From behind: DynamoDB means places as they were, the embedded one as they have become.
    const removals = lists.flatMap(({ index, count }) =>
      Array.from({ length: count }, (_, place) => `#l${index}[${count - 1 - place}]`),
    );
    await this.#update(key, {
      UpdateExpression: `REMOVE ${removals.join(', ')}`,
      ConditionExpression: lists
        .map(({ index, count }) => `#l${index}[${count - 1}] <= :past${index}`)
        .join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(
        lists.map(({ limit, index }) => [`#l${index}`, listName(limit)]),
      ),
      ExpressionAttributeValues: Object.fromEntries(
        lists.map(({ limit, index }) => [`:past${index}`, now - limit.seconds]),
      ),
    });
  }

  async #update(
    key: string,
    update: Pick<
      UpdateCommand['input'],
      'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
    >,
  ): Promise<boolean> {
    try {
      await this.#client.send(new UpdateCommand({ TableName: this.#table, Key: idOf(key), ...update }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

const idOf = (key: string) => ({ pk: `RATE#${key}`, sk: 'moments' });
const listName = ({ seconds }: Limit): string => `within${seconds}`;
const namesOf = (limits: readonly Limit[]): Record<string, string> =>
  Object.fromEntries(limits.map((limit, index) => [`#l${index}`, listName(limit)]));
/** How many at the beginning of a list no longer count. */
function pastOf(row: Row, limit: Limit, now: number): number {
  const moments = momentsOf(row, limit);
  const first = moments.findIndex((moment) => moment > now - limit.seconds);
  return first === -1 ? moments.length : first;
}
const momentsOf = (row: Row, limit: Limit): number[] => (row[listName(limit)] ?? []) as number[];
