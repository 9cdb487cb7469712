import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Pace, PaceStore } from './pace.ts';

const key = { pk: 'PACE', sk: 'bulk' };

/**
 * The pace in the dispatch table: one row, half a read unit and one write unit for each reservation. A write that comes
 * too late is answered with the row as it is, so nobody reads again.
 */
export class DynamoDbPace implements PaceStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, dispatchTable: string) {
    this.#client = client;
    this.#table = dispatchTable;
  }

  async read(): Promise<Pace | undefined> {
    const { Item: row } = await this.#client.send(new GetCommand({ TableName: this.#table, Key: key }));
    return row && paceFrom(row);
  }

  async write(pace: Pace): Promise<'written' | Pace | undefined> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#table,
          Item: { ...key, ...pace },
          ConditionExpression: pace.version === 1 ? 'attribute_not_exists(pk)' : '#version = :expected',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          ...(pace.version > 1 && {
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':expected': pace.version - 1 },
          }),
        }),
      );
      return 'written';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item && paceFrom(unmarshall(error.Item));
    }
  }
}

function paceFrom(row: Record<string, unknown>): Pace {
  const { pk: _pk, sk: _sk, ...pace } = row;
  // Rows that an earlier version wrote lack it.
  return { late: [], ...pace } as Partial<Pace> as Pace;
}
