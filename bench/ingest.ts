import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Parser from 'rss-parser';
import { sourceSchema } from '../config/sources.schema.ts';
import type { ArticleStore, PublicationLog } from '../functions/articles/article-store.ts';
import { MemoryArticles } from '../functions/articles/memory-articles.ts';
import { fetchFeed } from '../functions/ingest/fetch-feed.ts';
import { MemoryHostPace } from '../functions/ingest/memory-host-pace.ts';
import { parseSourceFeed } from '../functions/ingest/parse-source-feed.ts';
import { pollSource, type PollParts } from '../functions/ingest/poll-source.ts';
import { pressReleasesOf } from '../functions/ingest/press-releases.ts';
import { MemoryObjectStore } from '../functions/platform/memory-object-store.ts';
import { Temporal } from '../functions/platform/time.ts';
import { MemorySources } from '../functions/sources/memory-sources.ts';
import { realisticFeed } from '../test/support/realistic-feed.ts';

interface Figure {
  name: string;
  value: number;
  unit: string;
  bar: string;
  holds: boolean;
}

const items = 200;
const rounds = 25;
const url = 'https://ministry.example/presse/feed.xml';

/** What ingest costs, as ratios measured side by side in one process. */
export default async function benchIngest(): Promise<{ figures: Figure[] }> {
  const polls = await benchPolls();
  return { figures: [await benchParse(), ...polls, await benchWorst()] };
}

async function benchParse(): Promise<Figure> {
  const feed = realisticFeed(items);
  const bytes = Buffer.from(feed);
  const bare = new Parser();
  const [ours, theirs] = await interleaved(
    () => parseSourceFeed(bytes, { url, contentType: 'application/rss+xml; charset=utf-8' }),
    () => bare.parseString(bytes.toString('utf8')),
  );
  const value = theirs / ours;
  return {
    name: `full parse of ${items} items, speed against bare rss-parser`,
    value,
    unit: '×',
    bar: '≥ 0.8',
    holds: value >= 0.8,
  };
}

async function benchPolls(): Promise<Figure[]> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  let body = Buffer.from(realisticFeed(items));

  const world = async () => {
    const counts = { reads: 0, writes: 0 };
    const sources = new MemorySources();
    const at = Temporal.Instant.from('2024-04-01T08:00:00Z');
    await sources.define(
      [sourceSchema.parse({ id: 'ministry', issuer: 'Ministerium', url: `http://${host}/feed` })],
      at.toString(),
    );
    const clock = { now: () => at };
    const fetching = { clock, pace: new MemoryHostPace(), allowedHosts: new Set([host]) };
    const parts: PollParts = {
      clock,
      fetch: (address, validators) => fetchFeed(fetching, address, validators),
      sources,
      articles: counted(new MemoryArticles(), counts),
      archive: new MemoryObjectStore(),
      isFrozen: () => Promise.resolve(false),
      log: { info: ignore, warn: ignore, error: ignore },
      random: () => 0.5,
    };
    return { counts, poll: () => pollSource(parts, 'ministry', 'bench') };
  };

  const known = await world();
  await known.poll();
  Object.assign(known.counts, { reads: 0, writes: 0 });
  let fresh = await world();
  const [unchanged, full] = await interleaved(
    () => known.poll(),
    () => fresh.poll(),
    async () => {
      fresh = await world();
    },
  );
  const { reads, writes } = known.counts;

  body = Buffer.from(realisticFeed(items, 100));
  const polled = await known.poll();
  server.close();
  const value = full / unchanged;
  return [
    {
      name: `poll of an unchanged feed of ${items} items, cheaper than a full one`,
      value,
      unit: '×',
      bar: '≥ 50',
      holds: value >= 50,
    },
    {
      name: 'article reads and writes of polls that found nothing new',
      value: reads + writes,
      unit: '',
      bar: '= 0',
      holds: reads + writes === 0,
    },
    {
      name: `articles written when one of ${items} items changed`,
      value: known.counts.writes,
      unit: '',
      bar: '= 1',
      holds: known.counts.writes === 1 && polled.corrected === 1,
    },
  ];
}

/** 15 MB of what is slowest to read, of the shapes that are known to be slow somewhere. */
async function benchWorst(): Promise<Figure> {
  let worst = 0;
  const source = sourceSchema.parse({ id: 'ministry', issuer: 'Ministerium', url });
  const at = Temporal.Instant.from('2024-04-01T08:00:00Z');
  for (const shape of [
    '<',
    '<a>',
    '<item/>',
    '<item><title>',
    '</a>',
    '&amp;',
    '<![CDATA[',
    '<a b="c" ',
    '<!--',
    '<x xmlns="y">',
    '<item><guid>1</guid>',
    '<category/>',
  ]) {
    const head = '<rss version="2.0"><channel><item><title>x</title><description>';
    await measure(head + shape.repeat(Math.floor((14_999_000 - head.length) / shape.length)));
  }
  for (const shape of ['<p>x</p>', '<b><p>', '<ul><li>', '<p a=1 b=2>', '&amp;', 'wort ', 'x<br>']) {
    const text = shape.repeat(Math.floor(3000 / shape.length));
    const item = `<description><![CDATA[${text}]]></description></item>`;
    const whole = Array.from({ length: 4700 }, (_, n) => `<item><title>${n}</title><guid>${n}</guid>${item}`);
    await measure(`<rss version="2.0"><channel>${whole.join('')}</channel></rss>`);
  }
  const value = worst / 1_000_000;
  return {
    name: '15 MB of the worst, read and normalised, CPU time',
    value,
    unit: 's',
    bar: '< 5',
    holds: value < 5,
  };

  async function measure(body: string): Promise<void> {
    const bytes = Buffer.from(body);
    const start = process.cpuUsage();
    const feed = await parseSourceFeed(bytes, { url }).catch(ignore);
    if (feed !== undefined) pressReleasesOf(feed, source, at);
    const { user, system } = process.cpuUsage(start);
    worst = Math.max(worst, user + system);
  }
}

/** Medians of two tasks in milliseconds, taken in turns so that both meet the same machine. */
async function interleaved(
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds + 5; round++) {
    await before();
    for (const [index, task] of [first, second].entries()) {
      const start = performance.now();
      await task();
      if (round >= 5) times[index]?.push(performance.now() - start);
    }
  }
  return [median(times[0]), median(times[1])];
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const ignore = (): void => undefined;

const writing = new Set(['insert', 'revise', 'addOrigin', 'publish', 'withdraw']);

/** Counts what is asked of articles, by whether it writes. */
function counted(
  articles: ArticleStore & PublicationLog,
  counts: { reads: number; writes: number },
): ArticleStore & PublicationLog {
  return new Proxy(articles, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]): unknown => {
        counts[writing.has(String(name)) ? 'writes' : 'reads'] += 1;
        return method.apply(target, args);
      };
    },
  });
}
