import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Figure } from './run.ts';
import { compare, type Disagreements } from './web-load/compare.ts';
import { load, type Kind, type LoadTook } from './web-load/load.ts';
import { addressDomain } from './web-load/people.ts';
import type { ServerReady, ServerSettings } from './web-load/server.ts';

/** Seconds at the server for each of ours: the limits of ten minutes let their 300 sign-ups through in each second. */
const timesFaster = 600;
const perWindow = 300;

/**
 * Sign-up and one-click unsubscription (RFC 8058) under load, against the web handler behind this machine's gateway, in a
 * process of its own with an embedded DynamoDB; an empty route takes its turn on the same connections. Every answer is
 * held against the store afterwards.
 *
 * All limits are in force: visitors come from many networks, and time passes faster there, so that sign-ups are let
 * through. A second, short load in real time shows that under load, too, exactly as many pass as the limits let.
 *
 * `HEROLD_BENCH_SECONDS` (60 when not set) and `HEROLD_BENCH_CONNECTIONS` (200).
 */
export default async function webLoad(): Promise<{ figures: Figure[] }> {
  const seconds = Number(process.env['HEROLD_BENCH_SECONDS'] ?? 60);
  const connections = Number(process.env['HEROLD_BENCH_CONNECTIONS'] ?? 200);
  const subscribers = seconds * 500;
  const fast = await run(
    { subscribers, timesFaster },
    { seconds, connections, signUpsPerSecond: 0.8 * perWindow },
  );
  const real = await run(
    { subscribers: 0, timesFaster: 1 },
    { seconds: Math.min(seconds, 20), connections, signUpsPerSecond: Infinity },
  );
  return {
    figures: [
      ...answered(fast.took),
      zero('answers that are no 200, of all', errorsOf(fast.took)),
      zero('records lost', fast.found.lost),
      zero('records doubled, or there unasked', fast.found.doubled),
      zero('addresses and tokens in the log', fast.leaks),
      ...latencies(fast.took),
      {
        name: 'sign-ups sent within one window of the limits',
        value: real.took.signedUp.size,
        unit: 'sign-ups',
      },
      {
        name: 'of these, let through',
        value: real.found.signUps,
        unit: 'sign-ups',
        bar: String(Math.min(perWindow, real.took.signedUp.size)),
        holds: real.found.signUps === Math.min(perWindow, real.took.signedUp.size),
      },
    ],
  };
}

interface Ran {
  took: LoadTook;
  found: Disagreements;
  leaks: number;
}

async function run(
  server: ServerSettings,
  visitors: { seconds: number; connections: number; signUpsPerSecond: number },
): Promise<Ran> {
  const child = fork(new URL('web-load/server.ts', import.meta.url).pathname, [JSON.stringify(server)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  }
  try {
    const { url, dynamoDb, nowMs } = await answerOf<ServerReady>(child, said);
    const took = await load({ ...visitors, url, nowMs, subscribers: server.subscribers });
    child.send('messages');
    const messages = await answerOf<string[]>(child, said);
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new DynamoDBClient({ endpoint: dynamoDb, region: 'eu-central-1', credentials });
    const found = await compare(DynamoDBDocumentClient.from(client), messages, took);
    client.destroy();
    for (const [what, times] of took.errors) console.error(`${times} × ${what}`);
    const lines = said.join('').split('\n');
    const faults = lines.filter((line) => /"level":"ERROR"|threw/.test(line));
    for (const line of new Set(faults.slice(0, 5))) console.error(line);
    return { took, found, leaks: lines.filter(leaks).length };
  } finally {
    child.send('stop');
    await once(child, 'exit');
  }
}

/** A form token's beginning is the same for all; unsubscribe tokens are told by key and purpose. */
const leaks = (line: string): boolean => line.includes(addressDomain) || /\bk1[usf][\w-]{40}/.test(line);

async function answerOf<T>(child: ChildProcess, said: readonly string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error(`The server ended: ${said.join('').slice(-2000)}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

const zero = (name: string, value: number): Figure => ({
  ...{ name, value, unit: 'times', bar: '0', holds: value === 0 },
});

const errorsOf = ({ errors }: LoadTook): number =>
  [...errors.values()].reduce((sum, times) => sum + times, 0);

const answered = ({ times, seconds }: LoadTook): Figure[] =>
  (Object.keys(times) as Kind[]).map((kind) => ({
    name: `${kind}, answered`,
    value: times[kind].length / seconds,
    unit: 'requests/s',
  }));

function latencies({ times }: LoadTook): Figure[] {
  const empty = quantile(times.empty, 0.99);
  return (Object.keys(times) as Kind[]).flatMap((kind): Figure[] => {
    const p99 = quantile(times[kind], 0.99);
    return [
      { name: `${kind}, half of all within`, value: quantile(times[kind], 0.5), unit: 'ms' },
      { name: `${kind}, 99 of 100 within`, value: p99, unit: 'ms' },
      ...(kind === 'empty'
        ? []
        : [{ name: `${kind}, 99 of 100, to the empty route`, value: p99 / empty, unit: 'times' }]),
    ];
  });
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}
