import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Pace, PaceStore } from './pace.ts';

const key = { pk: 'PACE', sk: 'bulk' };

/** The pace in the dispatch table: one row, two units for each reservation. */
export class DynamoDbPace implements PaceStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, dispatchTable: string) {
    this.#client = client;
    this.#table = dispatchTable;
  }

  async read(): Promise<Pace | undefined> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
    );
    if (row === undefined) return undefined;
    const { pk: _pk, sk: _sk, ...pace } = row;
    return pace as Record<keyof Pace, unknown> as Pace;
  }

  async write(pace: Pace): Promise<'written' | 'conflict'> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#table,
          Item: { ...key, ...pace },
          ConditionExpression: pace.version === 1 ? 'attribute_not_exists(pk)' : '#version = :expected',
          ...(pace.version > 1 && {
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':expected': pace.version - 1 },
          }),
        }),
      );
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'conflict';
      throw error;
    }
  }
}
