import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { RunningBundle, synthesise, type Bundle } from '../test/support/bundles.ts';
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

/** Every value that a contract of ours accepts; nothing is called with them but an endpoint of ours. */
const values: Record<string, string> = {
  PORTAL_BASE_URL: 'https://portal.example',
  SHARD_COUNT: '4',
  ALLOWED_SOURCE_HOSTS: 'none',
  RECIPIENT_ALLOW_LIST: '*',
  CMS_WEBHOOK_URL: 'none',
};

/**
 * Size of each bundle, and the processor time from the start of its process to its first handled event, against a bare
 * handler with the same SDK clients, interleaved. AWS answers at once, so nearly nothing is waited for, and the time of
 * day would only tell how busy this machine is with other things; of each, the fastest start counts.
 */
export default async function coldStart(): Promise<{ figures: Figure[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'herold-cold-'));
  const server = createServer((request, response) => {
    const { target, status, body } = answerTo(request.headers['x-amz-target'], request.method);
    response.writeHead(status, { 'content-type': target ? 'application/x-amz-json-1.0' : 'text/xml' });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const figures: Figure[] = [];
  try {
    for (const bundle of (await synthesise(join(folder, 'cdk.out'))).values()) {
      const { size } = statSync(join(bundle.folder, 'index.mjs'));
      figures.push({
        name: `${bundle.name}: bundle without its map`,
        value: size,
        unit: 'bytes',
        bar: `≤ ${mostBytes}`,
        holds: size <= mostBytes,
      });
      const bare = await bareHandler(join(folder, bundle.name), uses[bundle.name] ?? []);
      const own: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < rounds; round++) {
        theirs.push(await firstEvent(bare, bundle, endpoint));
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

/** An AWS whose tables, queues and buckets are empty. An error would cost the reading of a source map, for its stack. */
function answerTo(
  target: string | string[] | undefined,
  method: string | undefined,
): { target: boolean; status: number; body: string } {
  const key = Buffer.alloc(32).toString('base64');
  if (target !== undefined) {
    const keyring = { pepper: key, tokenKeys: { k1: key }, currentKey: 'k1' };
    const body = { Items: [], Count: 0, ScannedCount: 0, SecretString: JSON.stringify(keyring) };
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

async function bareHandler(folder: string, names: string[]): Promise<string> {
  const [imports, made] = [0, 1].map((part) => names.map((name) => clients[name]?.[part] ?? ''));
  const source = [
    "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';",
    "import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';",
    ...(imports ?? []),
    'const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));',
    `export const clients = [${(made ?? []).join(', ')}];`,
    "export const handler = () => client.send(new GetCommand({ TableName: 'content', Key: { pk: 'a', sk: 'b' } }));",
  ];
  const outfile = join(folder, 'index.mjs');
  const common = {
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outfile,
  } as const;
  const banner = {
    js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
  };
  await build({
    ...common,
    banner,
    mainFields: ['module', 'main'],
    stdin: { contents: source.join('\n'), resolveDir: process.cwd() },
    logLevel: 'silent',
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}

/** An event that each handler takes up. */
const events: Record<string, unknown> = {
  WebPages: {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/imprint-that-is-not-there',
    rawQueryString: '',
    headers: { host: 'portal.example' },
    requestContext: {
      http: { method: 'GET', path: '/', sourceIp: '127.0.0.1' },
      domainName: 'portal.example',
    },
    isBase64Encoded: false,
  },
  SyndicateWrite: { Records: [] },
};
const noRecords = { Records: [] };

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
  for (const variable of environmentNames) environment[variable] ??= values[variable] ?? 'herold';
  const running = new RunningBundle(folder, environment);
  try {
    await running.invoke(events[name] ?? noRecords, 30_000);
    return running.cpuMs;
  } finally {
    running.stop();
  }
}
