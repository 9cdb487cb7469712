import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { RunningBundle, synthesise, type Bundle } from '../test/support/bundles.ts';
import type { Figure } from './run.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
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

/** Every value that a contract of ours accepts; nothing is called with them but an endpoint that answers 400. */
const values: Record<string, string> = {
  PORTAL_BASE_URL: 'https://portal.example',
  SHARD_COUNT: '4',
  ALLOWED_SOURCE_HOSTS: 'none',
  RECIPIENT_ALLOW_LIST: '*',
  CMS_WEBHOOK_URL: 'none',
};

/**
 * Size of each bundle, and the time from the start of its process to its first handled event, against a bare handler
 * with the same SDK clients, interleaved. AWS answers 400 at once, so what is measured is ours.
 */
export default async function coldStart(): Promise<{ figures: Figure[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'herold-cold-'));
  const server = createServer((_request, response) => response.writeHead(400).end('{}'));
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
      const ratio = median(own) / median(theirs);
      figures.push(
        { name: `${bundle.name}: start to first event`, value: median(own), unit: 'ms' },
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

/** An event that each handler takes up; that AWS refuses is as good as an answer. */
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
  const began = performance.now();
  const running = new RunningBundle(folder, environment);
  try {
    await running.invoke(events[name] ?? noRecords, 30_000).catch(() => undefined);
    return performance.now() - began;
  } finally {
    running.stop();
  }
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
