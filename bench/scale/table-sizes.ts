import { paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sourceSchema } from '../../config/sources.schema.ts';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { fileRelease } from '../../functions/articles/file-release.ts';
import { parseSourceFeed } from '../../functions/ingest/parse-source-feed.ts';
import { pressReleasesOf } from '../../functions/ingest/press-releases.ts';
import { Temporal } from '../../functions/platform/time.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import { confirm, noteMail, signUp } from '../../functions/subscribers/sign-up.ts';
import { sidOf } from '../../functions/subscribers/sid.ts';
import { realisticFeed } from '../../test/support/realistic-feed.ts';
import { memorySubscriberParts } from '../../test/support/subscriber-parts.ts';
import { testPepper } from '../../test/support/subscribers.ts';
import type { Figure } from '../run.ts';
import { shards, subscriberAt } from './portal-at-scale.ts';

export interface SizedTables {
  /** Empty. */
  content: string;
  /** Empty. */
  subscribers: string;
  /** With the rows of a run to `mails` readers. */
  dispatch: string;
  mails: number;
}

const samples = 100;
/** What DynamoDB stores beside each item and bills (CapacityUnitCalculations in AWS's guide), in bytes. */
const overheadBytes = 100;

/**
 * What rows take as DynamoDB counts it, from rows that the code itself has written: sign-ups with their confirmation,
 * releases of a feed with full text, a run with its ledger. And from that, what the tables take.
 */
export async function tableSizes(
  client: DynamoDBDocumentClient,
  tables: SizedTables,
  { subscribers, articles }: { subscribers: number; articles: number },
): Promise<Figure[]> {
  await signSomeUp(client, tables.subscribers);
  await fileSome(client, tables.content);
  const people = await kindsIn(client, tables.subscribers);
  const content = await kindsIn(client, tables.content);
  const dispatch = await kindsIn(client, tables.dispatch);
  return [
    ...rowFigures('subscribers', people),
    ...rowFigures('content', content),
    ...rowFigures('dispatch', dispatch),
    total(`subscribers table, ${subscribers} people who signed up once`, people, subscribers / samples),
    total(`content table, ${articles} articles with full text`, content, articles / samples),
    total(`dispatch table, one run with ${subscribers} mails`, dispatch, subscribers / tables.mails),
  ];
}

async function signSomeUp(client: DynamoDBDocumentClient, table: string): Promise<void> {
  const store = new DynamoDbSubscriberStore(client, table, shards);
  const parts = { ...memorySubscriberParts(), store };
  const at = Temporal.Instant.from('2026-11-24T06:00:00Z');
  for (let index = 0; index < samples; index++) {
    const { address, subscriptions } = subscriberAt(index);
    const sid = sidOf(address, testPepper);
    const network = `198.51.${index}.0/24`;
    const requestedAt = at.add({ minutes: index });
    await signUp(parts, { address, network, subscriptions, announcements: true }, requestedAt);
    await noteMail(store, sid, 'a1'.repeat(32), requestedAt.add({ seconds: 4 }));
    const { outcome } = await confirm(
      parts,
      {
        sid,
        requestedAt: requestedAt.toString({ fractionalSecondDigits: 3 }),
        network,
        wantsMailAgain: false,
      },
      requestedAt.add({ minutes: 9 }),
    );
    if (outcome !== 'confirmed') throw new Error(`${sid} is ${outcome}`);
  }
}

async function fileSome(client: DynamoDBDocumentClient, table: string): Promise<void> {
  const articles = new DynamoDbArticles(client, table);
  const url = 'https://ministry.example/feed.xml';
  const source = sourceSchema.parse({
    id: 'ministry',
    issuer: 'Ministerium für Soziales',
    url,
    fullText: 'allowed',
  });
  const at = Temporal.Instant.from('2024-04-01T12:00:00Z');
  const feed = await parseSourceFeed(Buffer.from(realisticFeed(samples)), { url });
  const { releases } = pressReleasesOf(feed, source, at);
  for (const { release, linkIdentifies } of releases) {
    const filed = await fileRelease(articles, release, {
      ...{ at, source, frozen: false, firstPoll: false, filing: undefined, linkIdentifies },
    });
    if (filed.outcome !== 'stored') throw new Error(`${release.guid} is ${filed.outcome}`);
  }
}

interface Kind {
  rows: number;
  bytes: number;
}

/** Rows by what their partition keys begin with. */
async function kindsIn(client: DynamoDBDocumentClient, table: string): Promise<Map<string, Kind>> {
  const kinds = new Map<string, Kind>();
  for await (const { Items: rows = [] } of paginateScan({ client }, { TableName: table })) {
    for (const row of rows) {
      const name = String(row['pk']).split('#', 1)[0] ?? '';
      const { rows: before, bytes } = kinds.get(name) ?? { rows: 0, bytes: 0 };
      kinds.set(name, { rows: before + 1, bytes: bytes + sizeOfItem(row) });
    }
  }
  return kinds;
}

const rowFigures = (table: string, kinds: Map<string, Kind>): Figure[] =>
  [...kinds]
    .filter(([, { rows }]) => rows >= samples)
    .map(([name, { rows, bytes }]) => ({
      name: `${table}, a row ${name}#…`,
      value: bytes / rows,
      unit: 'bytes',
    }));

function total(name: string, kinds: Map<string, Kind>, times: number): Figure {
  const bytes = [...kinds.values()].reduce((sum, kind) => sum + kind.bytes + kind.rows * overheadBytes, 0);
  return { name, value: (bytes * times) / 1e9, unit: 'GB' };
}

/** Names and values, as AWS's guide counts them. */
function sizeOfItem(item: Record<string, unknown>): number {
  return Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);
}

function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(Math.abs(value)).replace('.', '').length / 2) + 1;
  if (typeof value === 'boolean' || value === null) return 1;
  if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + 1 + sizeOfValue(part), 3);
  const record = value as Record<string, unknown>;
  return sizeOfItem(record) + 3 + Object.keys(record).length;
}
