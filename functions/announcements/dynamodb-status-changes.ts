import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  PutCommand,
  QueryCommand,
  type DynamoDBDocumentClient,
  type PutCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { StatusChange, StatusChangeStore } from './status-change.ts';

type Condition = Pick<
  PutCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const partition = 'STATUS';

/** Status changes in the content table: pk `STATUS`, sk their number, 12 digits. */
export class DynamoDbStatusChanges implements StatusChangeStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async latest(): Promise<StatusChange | undefined> {
    return (await this.list(1))[0];
  }

  async list(limit: number): Promise<StatusChange[]> {
    const { Items: rows = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition },
        ScanIndexForward: false,
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    return rows.map(({ pk: _pk, sk: _sk, ...change }) => change as unknown as StatusChange);
  }

  async create(change: StatusChange): Promise<'created' | 'taken'> {
    const free = { ConditionExpression: 'attribute_not_exists(pk)' };
    return (await this.#put(change, free)) ? 'created' : 'taken';
  }

  async update(next: StatusChange): Promise<'updated' | 'conflict'> {
    const onVersion = {
      ConditionExpression: '#version = :expected',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':expected': next.version - 1 },
    };
    return (await this.#put(next, onVersion)) ? 'updated' : 'conflict';
  }

  /** Whether the condition held. */
  async #put(change: StatusChange, condition: Condition): Promise<boolean> {
    const sk = String(change.number).padStart(12, '0');
    try {
      await this.#client.send(
        new PutCommand({ TableName: this.#table, Item: { pk: partition, sk, ...change }, ...condition }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
