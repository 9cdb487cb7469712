import { Command } from 'commander';
import { runCommands } from '../../bin/commands/run.ts';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import { DynamoDbDeliveries } from '../../functions/runs/dynamodb-deliveries.ts';
import { DynamoDbPace } from '../../functions/runs/dynamodb-pace.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import type { Certificate, Run } from '../../functions/runs/run.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import { World } from '../support/dispatch/world.ts';
import { freshTables } from '../support/tables.ts';

const tuesday = 'digest-daily-2026-11-24';
const wednesday = 'digest-daily-2026-11-25';
const readers = 200;

/** A portal over DynamoDB, two minutes before Tuesday's digest, and the operator's terminal. */
async function portal() {
  const tables = await freshTables();
  const client = documentClient();
  const world = new World({
    at: '2026-11-24T05:58:00Z',
    shardCount: 4,
    stores: (clock, shardCount) => ({
      articles: new DynamoDbArticles(client, tables.content),
      runs: new DynamoDbRuns(client, tables, clock),
      deliveries: new DynamoDbDeliveries(client, tables.dispatch, clock),
      paces: new DynamoDbPace(client, tables.dispatch),
      subscribers: new DynamoDbSubscriberStore(client, tables.subscribers, shardCount),
    }),
  });
  Object.assign(process.env, { CONTENT_TABLE: tables.content, DISPATCH_TABLE: tables.dispatch });
  /** @returns what the command printed */
  const herold = async (...line: string[]): Promise<string> => {
    const printed: string[] = [];
    const io = {
      print: (text: string) => void printed.push(text),
      ask: () => Promise.resolve(''),
      read: () => Promise.reject(new Error('There is no file')),
      user: 'operator',
      clock: world,
    };
    const program = new Command();
    runCommands(program, io);
    await program.parseAsync(line, { from: 'user' });
    return printed.join('\n');
  };
  await world.tick();
  const people = await Promise.all(
    Array.from({ length: readers }, (_, index) => world.subscribe(`reader${index}@mail.example`)),
  );
  const article = await world.publish();
  // About 50 mails a minute.
  world.ses.quotaPerSecond = 1;
  return { world, herold, people, article };
}

test('herold run pause, resume, cancel: each mail once, a certificate that adds up, the rest with the next digest', async () => {
  const { world, herold, people, article } = await portal();
  world.skipTo('2026-11-24T06:00:00Z');
  await world.until('2026-11-24T06:01:00Z');
  const early = world.ses.accepted.length;
  expect(early).toBeGreaterThan(0);
  expect(early).toBeLessThan(readers);

  expect(await herold('run', 'pause', tuesday)).toContain(`herold run resume ${tuesday}`);
  await world.until('2026-11-24T06:02:00Z');
  const paused = world.ses.accepted.length;
  await world.until('2026-11-24T06:15:00Z');
  expect(world.ses.accepted).toHaveLength(paused);
  expect(await herold('run', 'show', tuesday)).toMatch(/paused, because of operator since 2026-11-24T06:0/);
  await expect(herold('run', 'certificate', tuesday)).rejects.toThrow('is paused; it has no certificate');

  await herold('run', 'resume', tuesday);
  await expect(herold('run', 'resume', tuesday)).rejects.toThrow('is delivering, not paused');
  await world.until('2026-11-24T06:16:00Z');
  const resumed = world.ses.accepted.length;
  expect(resumed).toBeGreaterThan(paused);
  expect(resumed).toBeLessThan(readers);

  await expect(herold('run', 'cancel', tuesday)).rejects.toThrow('Nothing was done.');
  expect(await herold('run', 'cancel', tuesday, '--yes')).toContain('It closes once all mails under way');
  await world.until('2026-11-24T07:00:00Z', 'skip');
  const sent = world.ses.accepted.length;
  expect(sent).toBeLessThan(readers);
  const { certificate } = JSON.parse(await herold('run', 'certificate', tuesday, '--json')) as {
    certificate: Certificate;
  };
  expect(certificate).toMatchObject({
    candidates: readers,
    accepted: sent,
    failed: 0,
    unknown: 0,
    excluded: { cancelled: readers - sent },
  });
  expect(await herold('run', 'certificate', tuesday)).toContain(`excluded   ${readers - sent} (cancelled)`);
  await expect(herold('run', 'cancel', tuesday, '--yes')).rejects.toThrow('is closed');

  world.skipTo('2026-11-25T06:00:00Z');
  await world.until('2026-11-25T06:30:00Z', 'skip');
  const { runs } = JSON.parse(await herold('run', 'list', '--json')) as { runs: Run[] };
  expect(runs.filter(({ cadence }) => cadence === 'daily').map(({ id, state }) => [id, state])).toEqual([
    [wednesday, 'closed'],
    [tuesday, 'closed'],
  ]);
  for (const person of people) {
    expect(world.mailsTo(person).map(({ articles }) => articles)).toEqual([[article.id]]);
  }
}, 60_000);

test('a run that is cancelled while it is paused, or planned, closes as well', async () => {
  const { world, herold } = await portal();
  world.skipTo('2026-11-24T06:00:00Z');
  await world.tick();
  await herold('run', 'pause', tuesday);
  await world.until('2026-11-24T06:05:00Z');
  await herold('run', 'cancel', tuesday, '--yes');
  await world.until('2026-11-24T06:30:00Z', 'skip');
  expect(world.ses.accepted).toEqual([]);
  expect(await herold('run', 'certificate', tuesday)).toContain(`excluded   ${readers} (cancelled)`);
}, 60_000);
