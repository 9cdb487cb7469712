import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTableCommand, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import { tables, type TableName } from '../config/tables.ts';

const noBinary = `There is no embedded DynamoDB for ${process.platform}-${process.arch}. Start DynamoDB Local and say where it is:
  docker run --rm -d -p 8000:8000 amazon/dynamodb-local && export AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000`;

export interface EmbeddedDynamoDb {
  /** For `AWS_ENDPOINT_URL_DYNAMODB`. */
  endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts the embedded DynamoDB on a free port of the loopback interface.
 *
 * Its process ends with ours, even when ours is killed: a shell waits for the end of its standard input, which only
 * we hold open.
 *
 * @param file where it keeps its data; without one it keeps nothing
 * @throws Error saying how to go on where the package has no binary for this platform
 */
export async function startEmbeddedDynamoDb(file?: string): Promise<EmbeddedDynamoDb> {
  const binary = binaryPath();
  const port = await freePort();
  const child = spawn(
    'sh',
    [
      '-c',
      '"$@" </dev/null & cat >/dev/null; kill $! 2>/dev/null; wait $!',
      'sh',
      binary,
      '--port',
      String(port),
    ].concat(file === undefined ? [] : ['--db-path', file]),
    // Detached: a Ctrl-C at the terminal is for us, and must not take the database away before we are done with it.
    { stdio: ['pipe', 'ignore', 'pipe'], detached: true },
  );
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const endpoint = `http://127.0.0.1:${port}`;
  await untilItAnswers(endpoint, child, errors);
  return {
    endpoint,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await ended;
    },
  };
}

/** Creates those of the tables that are not there yet, under the names given. */
export async function createTables(
  client: DynamoDBClient,
  names: Readonly<Record<TableName, string>>,
): Promise<void> {
  for (const [key, definition] of Object.entries(tables)) {
    try {
      await client.send(
        new CreateTableCommand({
          TableName: names[key as TableName],
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'S' },
          ],
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          ...(definition.stream === 'new-and-old-images' && {
            StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
          }),
        }),
      );
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
  }
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The program itself; it also has commands that we run on their own. @throws Error as {@link startEmbeddedDynamoDb} does */
export function binaryPath(): string {
  try {
    return createRequire(`${process.cwd()}/`).resolve('@dynoxide/linux-x64/dynoxide');
  } catch (cause) {
    throw new Error(noBinary, { cause });
  }
}

async function untilItAnswers(endpoint: string, child: ChildProcess, errors: string[]): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) break;
    try {
      await fetch(endpoint);
      return;
    } catch {
      await sleep(25); // not listening yet
    }
  }
  throw new Error(`The embedded DynamoDB did not start: ${errors.join('').trim() || 'it said nothing'}`);
}
