import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { takeMoment, type Limit, type RateLimits } from './rate-limits.ts';

/** Attempts against others who count under the same key at the same moment. */
const attempts = 8;

/**
 * Counters in the dispatch table, pk `RATE#<key>`: the moments that still count. Exact for any window, since the limits
 * are small; a key so busy that eight attempts lose counts as limited.
 */
export class DynamoDbRateLimits implements RateLimits {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async take(key: string, limits: readonly Limit[], now: number): Promise<'taken' | 'limited'> {
    const id = { pk: `RATE#${key}`, sk: 'moments' };
    const longest = Math.max(...limits.map(({ seconds }) => seconds));
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { Item: row } = await this.#client.send(
        new GetCommand({ TableName: this.#table, Key: id, ConsistentRead: true }),
      );
      const moments = takeMoment((row?.['moments'] ?? []) as number[], limits, now);
      if (moments === undefined) return 'limited';
      const version = (row?.['version'] ?? 0) as number;
      try {
        await this.#client.send(
          new PutCommand({
            TableName: this.#table,
            Item: { ...id, moments, version: version + 1, expiresAt: now + longest },
            ConditionExpression: 'attribute_not_exists(pk) OR #version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': version },
          }),
        );
        return 'taken';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    }
    return 'limited';
  }
}
