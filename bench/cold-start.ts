import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { isoMillis, systemClock } from '../functions/platform/time.ts';
import { newestSlot } from '../functions/runs/slots.ts';
import { edgeKeyHeader } from '../functions/web/env.ts';
import { PipelineFunction } from '../lib/pipeline-function.ts';
import { bundlesIn, codeSize, RunningBundle, synthesise, type Bundle } from '../test/support/bundles.ts';
import type { Figure } from './run.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const mostBytes = 1_000_000;
const mostRatio = 1.5;

/** What a handler with the same clients, and nothing else, would need. Tables and SQS, as nearly all have; S3 and SES by name. */
const clients: Record<string, string[]> = {
  s3: ["import { S3Client } from '@aws-sdk/client-s3';", 'new S3Client({})'],
  ses: ["import { SESClient } from '@aws-sdk/client-ses';", 'new SESClient({})'],
  secrets: [
    "import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';",
    'new SecretsManagerClient({})',
  ],
  sqs: ["import { SQSClient } from '@aws-sdk/client-sqs';", 'new SQSClient({})'],
};
const uses: Record<string, string[]> = {
  ClockTick: ['sqs', 'secrets'],
  ClockObserve: ['s3', 'ses'],
  IngestPoll: ['s3'],
  IngestRegister: [],
  SyndicateWrite: ['s3'],
  WebPages: ['sqs', 's3', 'secrets'],
  NotifyPlan: ['sqs', 'ses'],
  NotifyDeliver: ['sqs', 's3', 'ses', 'secrets'],
  NotifyFeedback: ['s3'],
  NotifyTransactional: ['sqs', 'ses', 'secrets'],
};

const anyValue = 'herold';

/** Every other value that a contract of ours accepts; nothing is called with them but an endpoint of ours. */
const values: Record<string, string> = {
  PORTAL_BASE_URL: 'https://portal.example',
  SHARD_COUNT: '4',
  ALLOWED_SOURCE_HOSTS: 'none',
  RECIPIENT_ALLOW_LIST: '*',
  CMS_WEBHOOK_URL: 'none',
};

/**
 * Size of each bundle, and the processor time from the start of its process to its first handled event, against a bare
 * handler with the same SDK clients that makes one call, bundled by the same settings, interleaved. AWS answers at once, so
 * nearly nothing is waited for, and the time of day would only tell how busy this machine is with other things; of each,
 * the fastest start counts. `LAMBDA_NODE` names the Node that runs both, best the runtime's.
 */
export default async function coldStart(): Promise<{ figures: Figure[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'herold-cold-'));
  const server = createServer((request, response) => {
    void (async () => {
      const asked = Buffer.concat((await request.toArray()) as Buffer[]).toString();
      const { target, status, body } = answerTo(request.headers['x-amz-target'], request.method, asked);
      response.writeHead(status, { 'content-type': target ? 'application/x-amz-json-1.0' : 'text/xml' });
      response.end(body);
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const figures: Figure[] = [];
  try {
    const bare = bareHandlers(join(folder, 'bare'));
    for (const bundle of (await synthesise(join(folder, 'cdk.out'))).values()) {
      const { all, start } = codeSize(bundle);
      figures.push(
        {
          name: `${bundle.name}: bundle without its maps`,
          value: all,
          unit: 'bytes',
          bar: `≤ ${mostBytes}`,
          holds: all <= mostBytes,
        },
        { name: `${bundle.name}: of that, loaded at a start`, value: start, unit: 'bytes' },
      );
      const own: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < rounds; round++) {
        theirs.push(await firstEvent(bare.get(bundle.name)?.folder ?? '', bundle, endpoint));
        own.push(await firstEvent(bundle.folder, bundle, endpoint));
      }
      const ratio = Math.min(...own) / Math.min(...theirs);
      figures.push(
        { name: `${bundle.name}: start to first event`, value: Math.min(...own), unit: 'ms' },
        {
          name: `${bundle.name}: against a bare handler`,
          value: ratio,
          unit: '×',
          bar: `≤ ${mostRatio}`,
          holds: ratio <= mostRatio,
        },
      );
    }
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
  return { figures };
}

/**
 * An AWS whose tables, queues and buckets are empty, but for how far each cadence was mailed, which a portal's first tick
 * writes. An error would cost the reading of a source map, for its stack.
 */
function answerTo(
  target: string | string[] | undefined,
  method: string | undefined,
  asked: string,
): { target: boolean; status: number; body: string } {
  const key = Buffer.alloc(32).toString('base64');
  if (target !== undefined) {
    const keyring = { pepper: key, tokenKeys: { k1: key }, currentKey: 'k1' };
    // As the clock leaves them: those with slots at the newest one.
    const now = systemClock.now();
    const slots = { instant: now, daily: newestSlot('daily', now), weekly: newestSlot('weekly', now) };
    const pointers = Object.entries(slots).map(([cadence, slot]) => ({
      ...{ pk: { S: `CADENCE#${cadence}` }, sk: { S: 'CADENCE' } },
      ...{ toNumber: { N: '0' }, slot: { S: isoMillis(slot) } },
    }));
    // Every table is called the same.
    const found = asked.includes('CADENCE#') ? { Responses: { [anyValue]: pointers } } : {};
    const body = { ...found, Items: [], Count: 0, ScannedCount: 0, SecretString: JSON.stringify(keyring) };
    return { target: true, status: 200, body: JSON.stringify(body) };
  }
  if (method === 'GET')
    return {
      target: false,
      status: 404,
      body: '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>',
    };
  return {
    target: false,
    status: 200,
    body: '<GetSendQuotaResponse><GetSendQuotaResult><Max24HourSend>50000.0</Max24HourSend><MaxSendRate>14.0</MaxSendRate><SentLast24Hours>0.0</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>',
  };
}

/** Bundled as our functions are: by the same construct, below the project, so that packages are found. */
function bareHandlers(outdir: string): Map<string, Bundle> {
  mkdirSync('cdk.out', { recursive: true });
  const sources = mkdtempSync(join('cdk.out', 'bare-'));
  const app = new App({ outdir });
  const stack = new Stack(app, 'Bare');
  for (const [name, names] of Object.entries(uses)) {
    const [imports, made] = [0, 1].map((part) => names.map((client) => clients[client]?.[part] ?? ''));
    const entry = join(sources, `${name}.ts`);
    const source = [
      "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';",
      "import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';",
      ...(imports ?? []),
      'const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));',
      `export const clients = [${(made ?? []).join(', ')}];`,
      "export const handler = () => client.send(new GetCommand({ TableName: 'content', Key: { pk: 'a', sk: 'b' } }));",
    ];
    writeFileSync(entry, source.join('\n'));
    new PipelineFunction(stack, name, { entry, env: {}, environment: {}, logDays: 1 });
  }
  app.synth();
  rmSync(sources, { recursive: true });
  return bundlesIn(outdir, 'Bare');
}

/** A message of a queue. */
const received = (body: unknown) => ({
  Records: [{ messageId: 'm', body: JSON.stringify(body), attributes: { ApproximateReceiveCount: '1' } }],
});

/** An event that each handler takes up; what it is about is not there, so it is looked for, and that is all. */
const events: Record<string, unknown> = {
  IngestPoll: received({ sourceId: 'x' }),
  NotifyPlan: received({ runId: 'r', shard: 0, step: 'plan' }),
  NotifyDeliver: received({ runId: 'r', shard: 0, attempt: 'a', batch: 0 }),
  NotifyTransactional: received({ id: 'm', kind: 'confirmation', sid: 'a'.repeat(26) }),
  NotifyFeedback: received({
    MessageId: 'm',
    Message: JSON.stringify({
      eventType: 'Send',
      mail: { messageId: 'm', tags: { run: ['r'], shard: ['0'], sid: ['s'] } },
    }),
  }),
  SyndicateWrite: {
    Records: [{ eventName: 'MODIFY', dynamodb: { Keys: { pk: { S: 'SOURCE' }, sk: { S: 'x' } } } }],
  },
  WebPages: {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/imprint-that-is-not-there',
    rawQueryString: '',
    headers: { host: 'portal.example', [edgeKeyHeader]: anyValue },
    requestContext: {
      http: { method: 'GET', path: '/', sourceIp: '127.0.0.1' },
      domainName: 'portal.example',
    },
    isBase64Encoded: false,
  },
};

async function firstEvent(
  folder: string,
  { name, environmentNames }: Bundle,
  endpoint: string,
): Promise<number> {
  const environment: Record<string, string> = {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ENDPOINT_URL: endpoint,
    AWS_LAMBDA_FUNCTION_NAME: name,
  };
  for (const variable of environmentNames) environment[variable] ??= values[variable] ?? anyValue;
  const running = new RunningBundle(folder, environment);
  try {
    await running.invoke(events[name] ?? {}, 300_000);
    return running.cpuMs;
  } finally {
    running.stop();
  }
}
