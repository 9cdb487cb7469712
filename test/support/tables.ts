import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableName } from '../../config/tables.ts';
import { createTables } from '../../local/embedded-dynamodb.ts';

/** Fresh, empty tables for one suite, on the DynamoDB that all tests share. */
export async function freshTables(): Promise<Record<TableName, string>> {
  const prefix = randomUUID().slice(0, 8);
  const names = {
    content: `${prefix}-content`,
    subscribers: `${prefix}-subscribers`,
    dispatch: `${prefix}-dispatch`,
  };
  const client = new DynamoDBClient({});
  await createTables(client, names);
  client.destroy();
  return names;
}
