import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  type DynamoDBDocumentClient,
  type PutCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Announcement } from './announcement.ts';
import type { AnnouncementStore } from './announcement-store.ts';

type Condition = Pick<
  PutCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const partition = 'ANNOUNCEMENT';

/** Announcements in the content table: pk `ANNOUNCEMENT`, sk their id. Every write is an event of the table's stream. */
export class DynamoDbAnnouncements implements AnnouncementStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async list(): Promise<Announcement[]> {
    const announcements: Announcement[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': partition },
          ConsistentRead: true,
          ExclusiveStartKey: from,
        }),
      );
      announcements.push(...(page.Items ?? []).map(announcementOf));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return announcements;
  }

  async get(id: string): Promise<Announcement | undefined> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: { pk: partition, sk: id }, ConsistentRead: true }),
    );
    return row === undefined ? undefined : announcementOf(row);
  }

  async create(announcement: Announcement): Promise<'created' | 'taken'> {
    return (await this.#put(announcement, { ConditionExpression: 'attribute_not_exists(pk)' }))
      ? 'created'
      : 'taken';
  }

  async update(next: Announcement): Promise<'updated' | 'conflict'> {
    const onVersion = {
      ConditionExpression: '#version = :expected',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':expected': next.version - 1 },
    };
    return (await this.#put(next, onVersion)) ? 'updated' : 'conflict';
  }

  /** Whether the condition held. */
  async #put(announcement: Announcement, condition: Condition): Promise<boolean> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#table,
          Item: { pk: partition, sk: announcement.id, ...announcement },
          ...condition,
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

function announcementOf(row: Record<string, unknown>): Announcement {
  const { pk: _pk, sk: _sk, ...announcement } = row;
  return announcement as unknown as Announcement;
}
