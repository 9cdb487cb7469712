import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queues } from '../../config/queues.ts';
import { Activity } from '../../local/activity.ts';
import { serveAws } from '../../local/aws/endpoint.ts';
import { FileBucket } from '../../local/aws/file-bucket.ts';
import { FileQueue } from '../../local/aws/file-queue.ts';
import { s3Service } from '../../local/aws/s3.ts';
import { secretsManagerService } from '../../local/aws/secrets-manager.ts';
import { sqsService } from '../../local/aws/sqs.ts';
import { edgeKey, archiveBucket, environmentOf, keyringSecret, tableNames } from '../../local/environment.ts';
import { edgeKeyHeader } from '../../functions/web/env.ts';
import { httpGateway } from '../../local/event-sources/http-gateway.ts';
import { invoker } from '../../local/lambda.ts';
import { close, listenOn } from '../../local/listen.ts';
import { startFilledDynamoDb } from '../support/filled-dynamodb.ts';
import { keyringText, seededRows } from './people.ts';

/** What this process is told, as JSON, when it is started. */
export interface ServerSettings {
  /** Confirmed subscribers to begin with. */
  subscribers: number;
  /** Seconds that pass here for each second outside. */
  timesFaster: number;
}

/** What it says once it answers; and, asked by a message, what the queue holds in the end. */
export interface ServerReady {
  url: string;
  dynamoDb: string;
  /** Now, as it is here, in epoch milliseconds. */
  nowMs: number;
}

/**
 * The web handler behind this machine's HTTP gateway, on an embedded DynamoDB, in a process of its own. `/_empty` goes
 * the same way to a function that does nothing.
 */
async function serve({ subscribers, timesFaster }: ServerSettings): Promise<void> {
  const startedMs = Date.now();
  const realNow = Date.now.bind(Date);
  Date.now = () => Math.floor(startedMs + (realNow() - startedMs) * timesFaster);

  const folder = mkdtempSync(join(tmpdir(), 'herold-web-load-'));
  const keyring = join(folder, 'keyring.json');
  writeFileSync(keyring, keyringText);
  mkdirSync(join(folder, 'queue'));
  const { visibilityTimeoutSeconds, maxReceives } = queues.transactional;
  const transactional = new FileQueue(join(folder, 'queue'), { visibilityTimeoutSeconds, maxReceives });
  const aws = await serveAws({
    sqs: sqsService({ transactional }),
    s3: s3Service({ [archiveBucket]: new FileBucket(join(folder, 'archive')) }),
    'secrets-manager': secretsManagerService({ [keyringSecret]: keyring }),
  });
  const database = await startFilledDynamoDb({
    [tableNames.content]: [],
    [tableNames.subscribers]: seededRows(subscribers),
    [tableNames.dispatch]: [],
  });
  const server = createServer((request, response) => {
    request.headers[edgeKeyHeader] = edgeKey; // as the edge would
    void (request.url === '/_empty' ? empty : pages)(request, response);
  });
  const url = `http://127.0.0.1:${await listenOn(server, 0)}`;
  Object.assign(
    process.env,
    environmentOf({ portal: url, aws: aws.url, dynamoDb: database.endpoint, sources: [] }),
  );
  const { handler } = await import('../../functions/web/web.handler.ts');
  const activity = new Activity();
  const pages = httpGateway(invoker('web', handler, 15, activity));
  const nothing = (): Promise<object> => Promise.resolve({ statusCode: 200, headers: {}, body: '' });
  const empty = httpGateway(invoker('empty', nothing, 15, activity));

  process.on('message', (message) => {
    if (message === 'messages') process.send?.(transactional.list().map(({ body }) => body));
    if (message === 'stop') {
      void Promise.all([database.stop(), close(server), close(aws.server)]).then(() => {
        rmSync(folder, { recursive: true, force: true });
        process.disconnect();
      });
    }
  });
  process.send?.({ url, dynamoDb: database.endpoint, nowMs: Date.now() } satisfies ServerReady);
}

await serve(JSON.parse(process.argv[2] ?? '') as ServerSettings);
