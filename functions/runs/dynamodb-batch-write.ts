import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';

/** BatchWriteItem takes at most 25 rows (DynamoDB quotas). */
const batchLimit = 25;

type Write = { put: Record<string, unknown> } | { delete: { pk: string; sk: string } };

/**
 * Writes any number of rows without conditions. Those that DynamoDB leaves unprocessed are written again, with growing
 * pauses.
 */
export async function batchWrite(
  client: DynamoDBDocumentClient,
  table: string,
  writes: readonly Write[],
): Promise<void> {
  for (let start = 0; start < writes.length; start += batchLimit) {
    let pending = writes
      .slice(start, start + batchLimit)
      .map((write) =>
        'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.delete } },
      );
    for (let attempt = 0; pending.length > 0; attempt++) {
      if (attempt > 0) await sleep(Math.min(1000, 25 * 2 ** attempt));
      if (attempt > 8)
        throw new Error(`DynamoDB left ${pending.length} rows of ${table} unwritten nine times over`);
      const { UnprocessedItems: left } = await client.send(
        new BatchWriteCommand({ RequestItems: { [table]: pending } }),
      );
      pending = (left?.[table] ?? []) as typeof pending;
    }
  }
}
