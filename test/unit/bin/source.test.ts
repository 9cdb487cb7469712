import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { sourceCommands } from '../../../bin/commands/source.ts';
import { sourceSchema } from '../../../config/sources.schema.ts';
import { documentClient } from '../../../functions/platform/aws-clients.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { DynamoDbSources } from '../../../functions/sources/dynamodb-sources.ts';
import { startFeedServer, type FeedServer } from '../../support/feed-server.ts';
import { freshTables } from '../../support/tables.ts';

const feed = `<rss version="2.0"><channel><title>Presse</title><link>https://ministry.example/</link>
<item><title>Einladung zum Pressegespräch: Kita-Ausbau</title><link>https://ministry.example/2?utm_source=rss</link><guid>g-2</guid>
<pubDate>Di, 12.03.2024</pubDate><category>Forsten</category>
<description>&lt;p&gt;Das Gespräch findet am 20. März 2024 statt.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>Müller & Söhne</title><guid>g-1</guid><pubDate>gestern</pubDate></item>
<item><title>Abgeschnit`;

let folder: string;
let server: FeedServer;
let sources: DynamoDbSources;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'herold-source-'));
  server = await startFeedServer();
  const { content } = await freshTables();
  process.env['CONTENT_TABLE'] = content;
  sources = new DynamoDbSources(documentClient(), content);
  await sources.define(
    ['well', 'failing', 'gone'].map((id) =>
      sourceSchema.parse({
        id,
        issuer: 'Ministerium',
        url: `https://${id}.example/feed`,
        staleAfterDays: 30,
      }),
    ),
    '2024-03-12T09:00:00.000Z',
  );
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function herold(...line: string[]): Promise<string> {
  const printed: string[] = [];
  const program = new Command().exitOverride();
  sourceCommands(program, {
    print: (text) => void printed.push(text),
    ask: () => Promise.resolve(''),
    read: () => Promise.resolve(''),
    user: 'anna',
    clock: { now: () => Temporal.Instant.from('2024-03-13T09:00:00Z') },
  });
  await program.parseAsync(['source', ...line], { from: 'user' });
  return printed.join('\n');
}

test('check prints what would be stored, and all that was repaired, guessed or rejected', async () => {
  const file = join(folder, 'feed.xml');
  writeFileSync(file, feed);
  const output = await herold('check', file);
  for (const line of [
    'Presse: 2 items, 2 would be filed',
    '  headline   Einladung zum Pressegespräch: Kita-Ausbau',
    '  lead       Das Gespräch findet am 20. März 2024 statt.',
    '  source     (issuer of the source), 2024-03-12',
    '  event      2024-03-20',
    '  topics     kindertagesbetreuung',
    '  invitation yes, kept out of digests',
    '  link       https://ministry.example/2\n',
    '  headline   Müller & Söhne',
    '  link       https://ministry.example/ (identifies nothing)',
    'Categories without a topic: Forsten',
    'rejected  item 2: pubdate is no date: "gestern"',
    'guessed   item 2: it has no date; the day of the poll was taken',
  ]) {
    expect(output).toContain(line);
  }
  expect(output).not.toContain('alert');
  // The item that was cut off is not kept, and said to be so.
  expect(output).toMatch(/^rejected .*cut off/m);
});

test('check fetches an address, and says why there is no feed', async () => {
  server.answer = (_request, response) => response.writeHead(200).end(feed);
  expect(await herold('check', `${server.origin}/feed`)).toContain('2 would be filed');
  server.answer = (_request, response) => response.writeHead(404).end();
  await expect(herold('check', `${server.origin}/feed`)).rejects.toThrow('gave no feed: HTTP 404');
  await expect(herold('check', 'x.xml', '--source', 'nobody')).rejects.toThrow('has no source nobody');
});

test('list tells the health of each source', async () => {
  await sources.recordPoll('well', {
    firstPolledAt: '2024-03-01T09:00:00.000Z',
    lastSuccessAt: '2024-03-13T08:30:00.000Z',
    lastNewItemAt: '2024-03-12T08:30:00.000Z',
    nextPollAt: '2024-03-13T09:15:00.000Z',
  });
  await sources.recordPoll('failing', { failures: 4, lastError: 'HTTP 500' });
  await sources.recordPoll('gone', { gone: true, failures: 1, lastError: '410 Gone' });
  const blocks = (await herold('list')).split('\n\n');
  expect(blocks).toHaveLength(3);
  expect(blocks).toContain(`well  well
  address       https://well.example/feed
  last success  2024-03-13T08:30:00.000Z
  last new item 2024-03-12T08:30:00.000Z
  failures      0
  next poll     2024-03-13T09:15:00.000Z`);
  expect(blocks.join('\n')).toMatch(/^failing {2}failing\n(?:.*\n)*? {2}failures {6}4 \(HTTP 500\)$/m);
  expect(blocks.join('\n')).toMatch(/^gone {2}gone\n(?:.*\n)*? {2}next poll {5}none$/m);
});

test('scripts get JSON', async () => {
  expect(JSON.parse(await herold('show', 'gone', '--json'))).toMatchObject({
    source: { id: 'gone' },
    health: 'gone',
    state: { lastError: '410 Gone' },
  });
  expect(JSON.parse(await herold('list', '--json'))).toMatchObject({ sources: [{}, {}, {}] });
  const file = join(folder, 'feed.xml');
  writeFileSync(file, feed);
  expect(JSON.parse(await herold('check', file, '--json'))).toMatchObject({
    title: 'Presse',
    items: 2,
    unknownTopics: ['Forsten'],
  });
});
