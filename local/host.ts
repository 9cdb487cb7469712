import { rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { queues, type QueueName } from '../config/queues.ts';
import type { Source } from '../config/sources.ts';
import { sourceSchema } from '../config/sources.schema.ts';
import type { Health } from '../functions/clock/health.ts';
import { documentClient, secretsManagerClient } from '../functions/platform/aws-clients.ts';
import { isoMillis, systemClock, Temporal } from '../functions/platform/time.ts';
import { DynamoDbSources } from '../functions/sources/dynamodb-sources.ts';
import { DynamoDbSubscriberStore } from '../functions/subscribers/dynamodb-subscriber-store.ts';
import { SecretsManagerKeyring } from '../functions/subscribers/secrets-manager-keyring.ts';
import { Activity } from './activity.ts';
import { serveAws } from './aws/endpoint.ts';
import { FileBucket } from './aws/file-bucket.ts';
import { FileQueue } from './aws/file-queue.ts';
import { Outbox } from './aws/outbox.ts';
import { s3Service } from './aws/s3.ts';
import { ensureKeyring, secretsManagerService } from './aws/secrets-manager.ts';
import { sesService } from './aws/ses.ts';
import { deadLettersSuffix, sqsService } from './aws/sqs.ts';
import type { DataFolder } from './data-folder.ts';
import { seedSubscribers } from './demo/subscribers.ts';
import { edge } from './edge.ts';
import { createTables, startEmbeddedDynamoDb } from './embedded-dynamodb.ts';
import {
  archiveBucket,
  edgeKey,
  environmentOf,
  feedBucket,
  keyringSecret,
  shardCount,
  tableNames,
} from './environment.ts';
import { httpGateway } from './event-sources/http-gateway.ts';
import { QueueSource } from './event-sources/queue-source.ts';
import { StreamSource } from './event-sources/stream-source.ts';
import { loadFunctions, type LocalFunctions } from './functions.ts';
import { close, listenFrom } from './listen.ts';
import { ministries as allMinistries, sourceOf } from './ministries/ministry.ts';
import { playMinistries, type Ministries } from './ministries/server.ts';
import { MovedClock } from './moved-clock.ts';

export interface HostProps {
  folder: DataFolder;
  /** Port tried first for the portal, {@link usualPort} or the one of the last start unless given; else the next free. */
  port?: number;
  /** A real feed to poll beside the ministries. */
  sourceUrl?: URL;
  /** Do the ministries publish more as time goes on? */
  newReleases: boolean;
  /** Empties the tables first, where they are not in the data folder. */
  emptyTables: boolean;
  /** Loads the functions once the environment is set; the handlers' sources unless given. */
  load?: (activity: Activity) => Promise<LocalFunctions>;
}

/** All of Herold, running on this machine. */
export interface Host {
  /** Where the portal is for people. */
  url: string;
  /** The port that it would rather have had, where that is taken. */
  takenPort: number | undefined;
  environment: Readonly<Record<string, string>>;
  clock: MovedClock;
  ministries: Ministries;
  registry: DynamoDbSources;
  queues: Readonly<Record<QueueName, FileQueue>>;
  outbox: Outbox;
  feeds: FileBucket;
  /** Batches of the content stream that failed in a row. */
  streamFailures(): number;
  /** Answers what is below `/_local/`. */
  serveConsole(listener: RequestListener): void;
  /** Polls these sources now, due or not. */
  poll(sourceIds: readonly string[]): void;
  /** What EventBridge Scheduler does each minute; and ministries with something new are polled, due or not. */
  tick(): Promise<void>;
  /** What EventBridge Scheduler does every five minutes. */
  lookAtHealth(): Promise<void>;
  /** How things stood when last looked at; `undefined` before that. */
  health(): { at: Temporal.Instant; health: Health } | undefined;
  /** Ticks, and looks at the health, by itself from now on. */
  startTicking(): void;
  /**
   * Resolves when nothing is under way and nothing waits but what was delayed on purpose.
   *
   * @throws Error naming what is still at work after `limitMs`
   */
  settle(limitMs: number): Promise<void>;
  /** Does something while no function is at work. */
  standStill(act: () => void): Promise<void>;
  stop(): Promise<void>;
}

/** What SES grants a new account in production, more or less; enough for a demo not to wait. */
const sesLimits = { maxPerSecond: 200, maxPer24Hours: 50_000 };
/** Ports of the portal and of the ministries, unless taken. */
export const usualPort = 4180;
const ministriesPort = 4190;
const minuteMs = 60_000;
const healthEveryMinutes = 5;
/** Handlers that are still at work then are cut off; what they were at is received again. */
const stopPatienceMs = 5_000;

/** Starts everything, seeds the demo, and returns once all of it answers. */
export async function startHost(props: HostProps): Promise<Host> {
  const { folder } = props;
  const clock = new MovedClock(folder.remembered('clock', () => ({ aheadMs: 0 })).aheadMs, (aheadMs) =>
    folder.remember('clock', { aheadMs }),
  );
  const began = folder.remembered('ministries', () => ({ began: isoMillis(systemClock.now()) })).began;
  const ports = folder.remembered('ports', () => ({ portal: usualPort, ministries: ministriesPort }));

  const ministries = await playMinistries({
    port: ports.ministries,
    began: Temporal.Instant.from(began),
    goOn: props.newReleases,
  });
  let listener: RequestListener = (_request, response) => response.writeHead(503).end('Starting');
  let consoleListener: RequestListener = listener;
  const server = createServer((request, response) => {
    if (/^\/_local([/?]|$)/.test(request.url ?? '')) consoleListener(request, response);
    else listener(request, response);
  });
  const wantedPort = props.port ?? ports.portal;
  const port = await listenFrom(server, wantedPort);
  // Addresses that articles and feeds carry should be the same after the next start.
  folder.remember('ports', { portal: port, ministries: ministries.port });

  const fileQueues = openQueues(folder.path('queues'));
  const outbox = new Outbox(folder.path('outbox'), fileQueues.feedback);
  const buckets = {
    [feedBucket]: new FileBucket(join(folder.path('s3'), feedBucket)),
    [archiveBucket]: new FileBucket(join(folder.path('s3'), archiveBucket)),
  };
  const feeds = buckets[feedBucket];
  ensureKeyring(folder.path('keyring'));
  const aws = await serveAws({
    ses: sesService(outbox, sesLimits),
    sqs: sqsService(fileQueues),
    s3: s3Service(buckets),
    'secrets-manager': secretsManagerService({ [keyringSecret]: folder.path('keyring') }),
  });
  const elsewhere = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  const embedded = elsewhere === undefined ? await startEmbeddedDynamoDb(folder.path('database')) : undefined;

  const added = props.sourceUrl === undefined ? [] : [sourceAt(props.sourceUrl)];
  const environment = environmentOf({
    portal: `http://127.0.0.1:${port}`,
    aws: aws.url,
    dynamoDb: elsewhere ?? embedded?.endpoint ?? '',
    // Whoever names a feed on this machine means it; the functions refuse such addresses otherwise.
    sources: [
      `127.0.0.1:${ministries.port}`,
      ...added
        .map(({ url }) => new URL(url))
        .filter(isHere)
        .map(hostAndPort),
    ],
  });
  Object.assign(process.env, environment, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });

  const dynamoDb = new DynamoDBClient({});
  if (elsewhere !== undefined && props.emptyTables) await deleteTables(dynamoDb);
  await createTables(dynamoDb, tableNames);
  const documents = documentClient();
  const registry = new DynamoDbSources(documents, tableNames.content);
  await registry.define(
    [...allMinistries.map((ministry) => sourceOf(ministry, ministries.origin)), ...added],
    isoMillis(systemClock.now()),
  );
  await seedSubscribers(
    new DynamoDbSubscriberStore(documents, tableNames.subscribers, shardCount),
    new SecretsManagerKeyring(secretsManagerClient(), keyringSecret, systemClock),
    systemClock,
  );

  const activity = new Activity();
  const functions = await (props.load ?? loadFunctions)(activity);
  const queueSources = Object.entries(queues).map(
    ([name, { batchSize, maxConcurrency }]) =>
      new QueueSource({
        name,
        queue: fileQueues[name as QueueName],
        batchSize,
        maxConcurrency,
        invoke: functions.consumers[name as QueueName],
      }),
  );
  const stream = new StreamSource({
    dynamoDb,
    streams: new DynamoDBStreamsClient({}),
    table: tableNames.content,
    checkpointFile: folder.path('stream'),
    invoke: functions.syndicate,
  });
  listener = edge(feeds, httpGateway(functions.web), edgeKey);
  // As after a deployment: topics that have no article yet have a feed from the start.
  await functions.syndicate({});
  for (const source of queueSources) source.start();
  stream.start();
  folder.remember('host', { pid: process.pid, url: environment.PORTAL_BASE_URL, environment });

  const busy = (): string[] => [
    ...queueSources.filter((source) => !source.isIdle).map(({ name }) => name),
    ...(activity.isIdle ? [] : ['functions']),
  ];
  const poll = (sourceIds: readonly string[]): void =>
    sourceIds.forEach((sourceId) => fileQueues.ingest.send(JSON.stringify({ sourceId })));
  let lastTick = systemClock.now();
  const tick = async (): Promise<void> => {
    const now = systemClock.now();
    // Polls are half an hour apart and more; whoever watches should not wait so long for a release.
    const news = ministries
      .comingAfter(lastTick)
      .filter(({ at }) => Temporal.Instant.compare(at, now) <= 0)
      .map(({ sourceId }) => sourceId);
    lastTick = now;
    poll([...new Set(news)]);
    await functions.clock({ source: 'local.scheduler' });
  };
  let seen: ReturnType<Host['health']>;
  const lookAtHealth = async (): Promise<void> => {
    const at = systemClock.now();
    seen = { at, health: (await functions.health({ source: 'local.scheduler' })) as Health };
  };
  let ticking: NodeJS.Timeout | undefined;
  const tickEachMinute = (): void => {
    ticking = setTimeout(
      () => {
        tick().catch((error: unknown) => console.error(`clock threw: ${String(error)}`));
        if (Math.round(Date.now() / minuteMs) % healthEveryMinutes === 0) {
          lookAtHealth().catch((error: unknown) => console.error(`health threw: ${String(error)}`));
        }
        tickEachMinute();
      },
      minuteMs - (Date.now() % minuteMs),
    );
  };

  return {
    url: `http://127.0.0.1:${port}`,
    takenPort: port === wantedPort ? undefined : wantedPort,
    environment,
    clock,
    ministries,
    registry,
    queues: fileQueues,
    outbox,
    feeds,
    streamFailures: () => stream.failures,
    serveConsole: (next) => (consoleListener = next),
    poll,
    tick,
    lookAtHealth,
    health: () => seen,
    startTicking: tickEachMinute,
    settle: async (limitMs) => {
      const giveUpAt = performance.now() + limitMs;
      for (;;) {
        if (busy().length === 0) {
          // What just ended may have left records in the stream, and their handler may send messages.
          await stream.caughtUp();
          if (busy().length === 0) return;
        }
        if (performance.now() > giveUpAt) throw new Error(`Still at work: ${busy().join(', ')}`);
        await sleep(10);
      }
    },
    standStill: async (act) => activity.standStill(act),
    stop: async () => {
      clearTimeout(ticking);
      await Promise.race([
        Promise.all([...queueSources.map(async (source) => source.stop()), stream.stop()]),
        sleep(stopPatienceMs, undefined, { ref: false }),
      ]);
      await Promise.all([server, ministries.server, aws.server].map(close));
      await embedded?.stop();
      rmSync(folder.path('host'), { force: true });
      clock.stop();
    },
  };
}

function openQueues(folder: string): Record<QueueName, FileQueue> {
  const open = ([name, { visibilityTimeoutSeconds, maxReceives }]: [string, (typeof queues)[QueueName]]) => {
    // Plans wait for pages that may be under way for as long as Lambda lets them: not on one machine, nor does who looks on.
    const settings = {
      visibilityTimeoutSeconds,
      maxReceives,
      ...(name === 'plan' && { longestDelaySeconds: 0 }),
    };
    const deadLetters = new FileQueue(join(folder, `${name}${deadLettersSuffix}`), settings);
    return [name, new FileQueue(join(folder, name), settings, deadLetters)] as const;
  };
  return Object.fromEntries(Object.entries(queues).map(open)) as Record<QueueName, FileQueue>;
}

/** A feed that someone wants to try: nothing but headline, lead and link is shown of it. */
const sourceAt = (url: URL): Source =>
  sourceSchema.parse({
    id: url.hostname.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, ''),
    issuer: url.hostname,
    url: url.href,
    firstContact: 'announce',
  });

const isHere = ({ hostname }: URL): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

const hostAndPort = ({ hostname, port, protocol }: URL): string =>
  `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;

async function deleteTables(client: DynamoDBClient): Promise<void> {
  for (const TableName of Object.values(tableNames)) {
    try {
      await client.send(new DeleteTableCommand({ TableName }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  }
}
