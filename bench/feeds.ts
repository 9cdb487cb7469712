import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Feed } from 'feed';
import { feeds } from '../config/feeds.ts';
import { MemoryAnnouncements } from '../functions/announcements/memory-announcements.ts';
import type { Article } from '../functions/articles/article.ts';
import { DynamoDbArticles } from '../functions/articles/dynamodb-articles.ts';
import { archivePath, feedFormats, forEachFormat } from '../functions/articles/feed-directory.ts';
import { MemoryObjectStore } from '../functions/platform/memory-object-store.ts';
import type { PutOptions } from '../functions/platform/object-store.ts';
import { MemorySources } from '../functions/sources/memory-sources.ts';
import { entryOf } from '../functions/syndicate/feed-entry.tsx';
import { writeFeed, type PortalFeed } from '../functions/syndicate/portal-feed.ts';
import { syndicate, type SyndicateParts } from '../functions/syndicate/syndicate.ts';
import { anArticle } from '../test/support/articles.ts';
import { silentLog } from '../test/support/feeds.ts';
import type { Figure } from './run.ts';
import { startFilledDynamoDb, type Row } from './support/filled-dynamodb.ts';

const topic = 'familie';
const baseUrl = new URL('https://portal.example');
const rounds = 25;

/**
 * Feeds: what one new article costs among few and many stored ones, and what our care costs over `feed` alone.
 * `HEROLD_BENCH_ARTICLES` (100000 when not set) is "many".
 */
export default async function benchFeeds(): Promise<{ figures: Figure[] }> {
  const many = Number(process.env['HEROLD_BENCH_ARTICLES'] ?? 100_000);
  return { figures: [...(await benchPublication(1000, many)), ...benchGeneration()] };
}

async function benchPublication(few: number, many: number): Promise<Figure[]> {
  const database = await startFilledDynamoDb({ few: rows(few), many: rows(many) });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: database.endpoint, region: 'eu-central-1', credentials });
  try {
    const small = await Site.make(client, 'few', few);
    const large = await Site.make(client, 'many', many);
    const took = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      took.small.push(await small.publishOne());
      took.large.push(await large.publishOne());
    }
    const ratio = median(took.large) / median(took.small);
    return [
      { name: `one new article among ${few}`, value: median(took.small), unit: 'ms' },
      { name: `one new article among ${many}`, value: median(took.large), unit: 'ms' },
      { name: 'time, many to few', value: ratio, unit: 'x', bar: '<= 1.2', holds: ratio <= 1.2 },
      {
        name: `objects written for it among ${many}`,
        value: large.puts,
        unit: 'objects',
        bar: `${small.puts}, as among ${few}`,
        holds: large.puts === small.puts,
      },
    ];
  } finally {
    client.destroy();
    await database.stop();
  }
}

class CountingObjects extends MemoryObjectStore {
  puts = 0;

  override put(
    key: string,
    body: Uint8Array,
    options: PutOptions,
  ): Promise<'written' | 'precondition-failed'> {
    this.puts += 1;
    return super.put(key, body, options);
  }
}

/** A content table with articles in it, and its feeds. */
class Site {
  readonly #articles: DynamoDbArticles;
  readonly #objects = new CountingObjects();
  readonly #parts: SyndicateParts;
  #count: number;
  /** Objects written for the last article. */
  puts = 0;

  private constructor(client: DynamoDBDocumentClient, table: string, count: number) {
    this.#articles = new DynamoDbArticles(client, table);
    this.#count = count;
    this.#parts = {
      articles: this.#articles,
      announcements: new MemoryAnnouncements(),
      sources: new MemorySources(),
      objects: this.#objects,
      baseUrl,
      log: silentLog,
    };
  }

  static async make(client: DynamoDBClient, table: string, count: number): Promise<Site> {
    const documents = DynamoDBDocumentClient.from(client, {
      marshallOptions: { removeUndefinedValues: true },
    });
    const site = new Site(documents, table, count);
    // The archive of what is stored counts as written: its newest pages are there.
    for (let page = 0; page < count / feeds.archiveSpan; page++) {
      for (const format of feedFormats) {
        for (const slug of ['alle', topic]) {
          await site.#objects.put(archivePath(slug, page, format).slice(1), Buffer.from(''), {
            contentType: 'x',
          });
        }
      }
    }
    await site.publishOne();
    return site;
  }

  /** @returns milliseconds from the stream record to the last object */
  async publishOne(): Promise<number> {
    const article = articleNumber(this.#count + 1);
    this.#count += 1;
    await this.#articles.insert(
      { ...article, status: 'held', heldBecause: 'publication-pending' },
      { linkIdentifies: true },
    );
    await this.#articles.publish(article.id, article.publishedAt ?? '');
    const before = this.#objects.puts;
    const start = performance.now();
    await syndicate(this.#parts, {
      topics: new Map(['alle', topic].map((slug) => [slug, { touched: new Set<number>(), left: 0 }])),
      everyFeed: false,
    });
    const took = performance.now() - start;
    this.puts = this.#objects.puts - before;
    return took;
  }
}

const articleNumber = (number: number): Article => {
  const at = new Date(Date.UTC(2020, 0, 1) + number * 60_000).toISOString();
  return anArticle({
    guid: `g-${number}`,
    headline: `Meldung ${number}: Kinder und Jugendliche stärken`,
    topics: [topic],
    firstSeenAt: at,
    updatedAt: at,
    publishedAt: at,
  });
};

/** Rows as `DynamoDbArticles` writes them. */
function* rows(count: number): Iterable<Row> {
  yield { pk: 'COUNTER#publication', sk: 'COUNTER', n: count };
  for (let number = 1; number <= count; number++) {
    const article = {
      ...articleNumber(number),
      status: 'live',
      publication: number,
      heldBecause: undefined,
    };
    yield { pk: `ARTICLE#${article.id}`, sk: 'ARTICLE', ...article };
    for (const slug of ['alle', topic]) {
      const sk = String(number).padStart(12, '0');
      yield {
        pk: `TOPIC#${slug}`,
        sk,
        number,
        articleId: article.id,
        publishedAt: article.publishedAt,
        quiet: false,
      };
    }
  }
}

/** Entries that no feed has shown yet, and those of a feed that is written again. */
function benchGeneration(): Figure[] {
  const entries = Array.from({ length: 50 }, (_, index) =>
    entryOf({ ...articleNumber(index), body: undefined, image: undefined, contact: undefined }, baseUrl),
  );
  const feed: PortalFeed = {
    id: 'tag:portal.example,2026-01-01:feeds/familie',
    title: 'Familie und Eltern',
    description: 'Pressemitteilungen zum Thema',
    home: 'https://portal.example/themen/familie/',
    updated: '2026-03-01T08:00:00.000Z',
    self: forEachFormat((format) => `https://portal.example/feeds/familie.${format}`),
    entries,
  };
  const ours = (written: PortalFeed): void => {
    for (const format of feedFormats) writeFeed(written, format);
  };
  const first = (): void => ours({ ...feed, entries: entries.map((entry) => ({ ...entry })) });
  const again = (): void => ours(feed);
  const alone = (): void => {
    const document = new Feed({
      id: feed.id,
      title: feed.title,
      description: feed.description,
      link: feed.home,
      language: 'de',
      updated: new Date(feed.updated),
      feedLinks: { rss: feed.self.rss, atom: feed.self.atom, json: feed.self.json },
    });
    for (const entry of feed.entries) {
      document.addItem({
        id: entry.id,
        guid: entry.id,
        title: entry.title,
        link: entry.url,
        date: new Date(entry.updated),
        published: new Date(entry.published),
        description: entry.summary,
        content: entry.html,
        author: [{ name: entry.author }],
        category: entry.categories.map(({ term, label }) => ({
          name: label,
          term,
          domain: feed.home,
          scheme: feed.home,
        })),
      });
    }
    Buffer.from(document.rss2());
    Buffer.from(document.atom1());
    Buffer.from(document.json1());
  };
  const took = { alone: [] as number[], first: [] as number[], again: [] as number[] };
  for (let round = 0; round < 20 + 4 * rounds; round++) {
    const times = [alone, first, again].map((work) => {
      const start = performance.now();
      work();
      return performance.now() - start;
    });
    // The first rounds are the compiler's.
    if (round < 20) continue;
    took.alone.push(times[0] ?? 0);
    took.first.push(times[1] ?? 0);
    took.again.push(times[2] ?? 0);
  }
  const ratio = median(took.first) / median(took.alone);
  return [
    {
      name: '50 new entries in three formats, to feed alone',
      value: ratio,
      unit: 'x',
      bar: '<= 1.3',
      holds: ratio <= 1.3,
    },
    {
      name: '50 known entries in three formats, to feed alone',
      value: median(took.again) / median(took.alone),
      unit: 'x',
    },
  ];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
