import { execFile } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { binaryPath, startEmbeddedDynamoDb, type EmbeddedDynamoDb } from '../../local/embedded-dynamodb.ts';

/** A row as the document client takes it, with its `pk` and `sk`. */
export type Row = Readonly<Record<string, unknown>>;

const keys = ['pk', 'sk'] as const;

/**
 * An embedded DynamoDB that begins with these rows, by table. They are imported as DynamoDB exports them to S3: some
 * 40,000 rows a second, where writes one by one reach 3000, and a few hundred in a table whose stream has grown long.
 *
 * The tables have no stream. Its files are in the temporary folder, and gone when it is stopped.
 */
export async function startFilledDynamoDb(
  tables: Readonly<Record<string, Iterable<Row>>>,
): Promise<EmbeddedDynamoDb> {
  const folder = mkdtempSync(join(tmpdir(), 'herold-bench-'));
  const schema = join(folder, 'schema.json');
  const database = join(folder, 'database');
  try {
    writeFileSync(schema, JSON.stringify(Object.keys(tables).map((name) => ({ Table: tableOf(name) }))));
    for (const [name, rows] of Object.entries(tables)) {
      const data = join(folder, 'export', name, 'data');
      mkdirSync(data, { recursive: true });
      await pipeline(
        Readable.from(linesOf(rows)),
        createGzip({ level: 1 }),
        createWriteStream(join(data, 'rows.json.gz')),
      );
    }
    const source = join(folder, 'export');
    await promisify(execFile)(binaryPath(), [
      'import',
      ...['--source', source, '--schema', schema, '--output', database],
    ]);
    rmSync(source, { recursive: true });
    const started = await startEmbeddedDynamoDb(database);
    return {
      endpoint: started.endpoint,
      stop: async () => {
        await started.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

const tableOf = (TableName: string) => ({
  TableName,
  KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
  AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
});

/** Many lines at a time: a stream takes some microseconds for each chunk. */
function* linesOf(rows: Iterable<Row>): Iterable<string> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(JSON.stringify({ Item: (attributeOf(row) as { M: unknown }).M }));
    if (lines.length === 500) {
      yield `${lines.join('\n')}\n`;
      lines = [];
    }
  }
  yield lines.map((line) => `${line}\n`).join('');
}

/** DynamoDB's JSON of a value, for what our rows hold. */
function attributeOf(value: unknown): object {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    return { M: Object.fromEntries(entries.map(([name, part]) => [name, attributeOf(part)])) };
  }
  throw new Error(`A row holds ${String(value)}`);
}
