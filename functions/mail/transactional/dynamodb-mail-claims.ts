import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { MailClaim, MailClaims } from './mail-claims.ts';

/** Longer than SQS keeps a message (14 days), so that none outlives the memory of what it did. In seconds. */
const keptFor = 30 * 24 * 60 * 60;

/** Claims in the dispatch table, pk `T#<mail>`. */
export class DynamoDbMailClaims implements MailClaims {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(id: string): Promise<MailClaim | undefined> {
    const { Item: row } = await this.#client.send(
      new GetCommand({ TableName: this.#table, Key: keyOf(id), ConsistentRead: true }),
    );
    if (row === undefined) return undefined;
    const { state, attempt, at } = row as Record<keyof MailClaim, unknown> as MailClaim;
    return { state, attempt, at };
  }

  async claim(id: string, expected: MailClaim | undefined, claim: MailClaim): Promise<'claimed' | 'taken'> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#table,
          Item: { ...keyOf(id), ...claim, expiresAt: claim.at + keptFor },
          ...(expected === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: '#state = :state AND #attempt = :attempt AND #at = :at',
                ExpressionAttributeNames: { '#state': 'state', '#attempt': 'attempt', '#at': 'at' },
                ExpressionAttributeValues: {
                  ':state': expected.state,
                  ':attempt': expected.attempt,
                  ':at': expected.at,
                },
              }),
        }),
      );
      return 'claimed';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'taken';
      throw error;
    }
  }

  async settle(id: string, state: MailClaim['state']): Promise<void> {
    try {
      await this.#client.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: keyOf(id),
          UpdateExpression: 'SET #state = :state',
          ConditionExpression: 'attribute_exists(pk) AND #state <> :accepted',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':state': state, ':accepted': 'accepted' },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

const keyOf = (id: string) => ({ pk: `T#${id}`, sk: 'mail' });
