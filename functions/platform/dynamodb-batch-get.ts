import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';

/** BatchGetItem takes at most 100 keys (DynamoDB quotas). */
const batchLimit = 100;

export interface Key {
  pk: string;
  sk: string;
}

/**
 * Reads any number of rows by key, in no order, strongly consistent. Keys that DynamoDB leaves unprocessed are asked for again, with growing
 * pauses.
 */
export async function batchGet(
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Key[],
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for (let start = 0; start < keys.length; start += batchLimit) {
    let pending: Record<string, unknown>[] = keys
      .slice(start, start + batchLimit)
      .map(({ pk, sk }) => ({ pk, sk }));
    for (let attempt = 0; pending.length > 0; attempt++) {
      if (attempt > 0) await sleep(Math.min(1000, 25 * 2 ** attempt));
      if (attempt > 8)
        throw new Error(`DynamoDB left ${pending.length} keys of ${table} unread nine times over`);
      const page = await client.send(
        new BatchGetCommand({
          RequestItems: { [table]: { Keys: pending, ConsistentRead: true } },
        }),
      );
      rows.push(...(page.Responses?.[table] ?? []));
      pending = page.UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return rows;
}
