import { paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Article } from '../functions/articles/article.ts';
import type { Delivery } from '../functions/runs/delivery-ledger.ts';
import { tableNames } from './environment.ts';

/** Every article, newest publication first, then what is not published. */
export async function readArticles(client: DynamoDBDocumentClient): Promise<Article[]> {
  const articles = (await scan(client, tableNames.content, 'ARTICLE#')) as unknown as Article[];
  return articles.sort((a, b) => (b.publication ?? 0) - (a.publication ?? 0));
}

/** Every row of the delivery ledger. */
export async function readDeliveries(client: DynamoDBDocumentClient): Promise<Delivery[]> {
  const rows = await scan(client, tableNames.dispatch, 'D#');
  return rows.map((row) => {
    const [, runId = '', shard = ''] = /^D#(.+)#(\d+)$/.exec(String(row['pk'])) ?? [];
    return { ...row, runId, shard: Number(shard), sid: String(row['sk']) } as Delivery;
  });
}

/** Fit for one machine: it reads the whole table. */
async function scan(
  client: DynamoDBDocumentClient,
  TableName: string,
  prefix: string,
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName,
      ConsistentRead: true,
      FilterExpression: 'begins_with(pk, :prefix)',
      ExpressionAttributeValues: { ':prefix': prefix },
    },
  );
  for await (const { Items } of pages) rows.push(...(Items ?? []));
  return rows;
}
