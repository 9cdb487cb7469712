import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Temporal } from '../platform/time.ts';
import { nextPlace, type HostPace } from './host-pace.ts';

/** Pollers of one host that meet at its row; more attempts than there are pollers. */
const attempts = 50;

/** The lines of hosts in the content table: pk `HOST#<host>`, sk `PACE`, the epoch millisecond from which it is free. */
export class DynamoDbHostPace implements HostPace {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async take(host: string, now: Temporal.Instant): Promise<number> {
    const key = { pk: `HOST#${host}`, sk: 'PACE' };
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { Item: row } = await this.#client.send(
        new GetCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
      );
      const before = row?.['freeAt'] as number | undefined;
      const { waitMs, freeAt } = nextPlace(before, now.epochMilliseconds);
      try {
        await this.#client.send(
          new UpdateCommand({
            TableName: this.#table,
            Key: key,
            UpdateExpression: 'SET freeAt = :next',
            ConditionExpression: before === undefined ? 'attribute_not_exists(pk)' : 'freeAt = :before',
            ExpressionAttributeValues: {
              ':next': freeAt,
              ...(before !== undefined && { ':before': before }),
            },
          }),
        );
        return waitMs;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    }
    throw new Error(`The line for ${host} moved ${attempts} times while taking a place in it`);
  }
}
