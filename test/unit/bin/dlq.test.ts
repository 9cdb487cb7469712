import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { dlqCommands } from '../../../bin/commands/dlq.ts';
import { deadLetterNames, deadLettersName, queueNames } from '../../../config/queues.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { serveAws } from '../../../local/aws/endpoint.ts';
import { FileQueue } from '../../../local/aws/file-queue.ts';
import { sqsService } from '../../../local/aws/sqs.ts';
import { environmentOf } from '../../../local/environment.ts';
import { close } from '../../../local/listen.ts';

let folder: string;
let server: Server;
let queues: Record<string, FileQueue>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'herold-dlq-'));
  const settings = { visibilityTimeoutSeconds: 30, maxReceives: 2 };
  queues = Object.fromEntries(
    queueNames.map((name) => {
      const dead = new FileQueue(join(folder, `${name}-dead`), settings);
      return [name, new FileQueue(join(folder, name), settings, dead)];
    }),
  );
  const served = await serveAws({ sqs: sqsService(queues) });
  server = served.server;
  const environment = environmentOf({
    portal: 'http://127.0.0.1',
    aws: served.url,
    dynamoDb: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    sources: [],
  });
  Object.assign(process.env, environment);
});
afterEach(async () => {
  process.exitCode = undefined; // what the command set must not end the tests
  await close(server);
  rmSync(folder, { recursive: true });
});

async function herold(line: string, answer = ''): Promise<string> {
  const printed: string[] = [];
  const program = new Command().exitOverride();
  dlqCommands(program, {
    print: (text) => void printed.push(text),
    ask: async () => answer,
    read: async () => '',
    user: 'anna',
    clock: { now: () => Temporal.Instant.from('2026-03-02T08:00:00Z') },
  });
  await program.parseAsync(line.split(' '), { from: 'user' });
  return printed.join('\n');
}

test('list shows how many there are and what they say, and exits with 1 if there are any', async () => {
  expect(await herold('dlq list')).toMatch(/^ingest +0\nplan +0\n/);
  expect(process.exitCode).toBeUndefined();
  queues['plan']?.deadLetters?.send('{"runId":"digest-daily-2026-03-02","shard":3}');
  expect(await herold('dlq list')).toMatch(
    /^plan +1\n +[\da-f-]{36} since \d{4}-\d\d-\d\dT[\d:.]+Z: \{"runId":"digest-daily-2026-03-02"/m,
  );
  expect(process.exitCode).toBe(1);
});

test('list knows of no deployment without any', async () => {
  for (const name of deadLetterNames) Reflect.deleteProperty(process.env, deadLettersName(name));
  await expect(herold('dlq list')).rejects.toThrow('This Herold tells of no dead letters');
});

test('redrive asks, and puts them back to work', async () => {
  expect(await herold('dlq redrive plan')).toBe('There are no dead letters of plan.');
  for (const shard of [1, 2]) queues['plan']?.deadLetters?.send(JSON.stringify({ shard }));
  await expect(herold('dlq redrive plan', 'no')).rejects.toThrow('Nothing was done.');
  expect(queues['plan']?.list()).toEqual([]);
  // Nor did the question hold any of them back: AWS moves what is visible.
  expect(queues['plan']?.deadLetters?.list().map(({ receives }) => receives)).toEqual([0, 0]);
  expect(JSON.parse(await herold('dlq redrive plan --json', 'yes'))).toEqual({ queue: 'plan', moved: 2 });
  expect(
    queues['plan']
      ?.list()
      .map(({ body }) => body)
      .toSorted(),
  ).toEqual(['{"shard":1}', '{"shard":2}']);
  expect(queues['plan']?.deadLetters?.list()).toEqual([]);
});

test('letters that nothing can work off do not go back', async () => {
  await expect(herold('dlq redrive clock')).rejects.toThrow('Allowed choices are ingest');
});
