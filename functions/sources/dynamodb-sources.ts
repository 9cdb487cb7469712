import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import type { Source } from '../../config/sources.ts';
import {
  initialState,
  redefine,
  type RegisteredSource,
  type SourceState,
  type SourceStore,
} from './source-store.ts';

/** Sources in the content table: pk `SOURCE`, sk the source's id; the definition in one attribute, the state in another. */
export class DynamoDbSources implements SourceStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async list(): Promise<RegisteredSource[]> {
    const sources: RegisteredSource[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'SOURCE' },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      );
      sources.push(...(page.Items ?? []).map(registeredOf));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return sources;
  }

  async get(id: string): Promise<RegisteredSource | undefined> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: keyOf(id), ConsistentRead: true }),
    );
    return row === undefined ? undefined : registeredOf(row);
  }

  async define(sources: readonly Source[], at: string): Promise<void> {
    const known = new Map((await this.list()).map((registered) => [registered.source.id, registered]));
    for (const source of sources) {
      const before = known.get(source.id);
      known.delete(source.id);
      if (before !== undefined && source.url === before.source.url) {
        await this.#setDefinition(source); // only the definition, since a poll may be writing the state
      } else {
        const { state } =
          before === undefined ? { state: initialState(source, at) } : redefine(before, source, at);
        await this.#client.send(
          new PutCommand({
            TableName: this.#table,
            Item: { ...keyOf(source.id), definition: source, state },
          }),
        );
      }
    }
    for (const { source } of known.values()) await this.#setDefinition({ ...source, active: false });
  }

  async claimPoll(id: string, expected: string, next: string): Promise<'claimed' | 'taken'> {
    try {
      await this.#client.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: keyOf(id),
          UpdateExpression: 'SET #state.nextPollAt = :next',
          ConditionExpression: '#state.nextPollAt = :expected',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':next': next, ':expected': expected },
        }),
      );
      return 'claimed';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'taken';
      throw error;
    }
  }

  async recordPoll(id: string, changes: Partial<SourceState>): Promise<void> {
    const entries = Object.entries<unknown>(changes);
    if (entries.length === 0) return;
    const set = entries.filter(([, value]) => value !== undefined);
    const remove = entries.filter(([, value]) => value === undefined);
    const path = ([name]: [string, unknown]) => `#state.#${name}`;
    const clauses = [
      set.length > 0 ? `SET ${set.map((entry) => `${path(entry)} = :${entry[0]}`).join(', ')}` : '',
      remove.length > 0 ? `REMOVE ${remove.map(path).join(', ')}` : '',
    ];
    await this.#client.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: keyOf(id),
        UpdateExpression: clauses.join(' ').trim(),
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: {
          '#state': 'state',
          ...Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
        },
        ...(set.length > 0 && {
          ExpressionAttributeValues: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
        }),
      }),
    );
  }

  async #setDefinition(source: Source): Promise<void> {
    await this.#client.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: keyOf(source.id),
        UpdateExpression: 'SET #definition = :definition',
        ExpressionAttributeNames: { '#definition': 'definition' },
        ExpressionAttributeValues: { ':definition': source },
      }),
    );
  }
}

const keyOf = (id: string) => ({ pk: 'SOURCE', sk: id });

const registeredOf = (row: Record<string, unknown>): RegisteredSource => ({
  source: row['definition'] as Source,
  state: row['state'] as SourceState,
});
