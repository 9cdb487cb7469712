import type { ServerResponse } from 'node:http';
import { sourceSchema } from '../../../config/sources.schema.ts';
import { MemoryArticles } from '../../../functions/articles/memory-articles.ts';
import { fetchFeed } from '../../../functions/ingest/fetch-feed.ts';
import { MemoryHostPace } from '../../../functions/ingest/memory-host-pace.ts';
import { pollSource, type PollParts } from '../../../functions/ingest/poll-source.ts';
import { MemoryObjectStore } from '../../../functions/platform/memory-object-store.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { MemorySources } from '../../../functions/sources/memory-sources.ts';
import { startFeedServer, type FeedServer } from '../../support/feed-server.ts';

let server: FeedServer;
let sources: MemorySources;
let articles: MemoryArticles;
let archive: MemoryObjectStore;
let parts: PollParts;
let now: Temporal.Instant;

beforeAll(async () => {
  server = await startFeedServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  now = Temporal.Instant.from('2024-03-12T12:00:00Z');
  sources = new MemorySources();
  articles = new MemoryArticles();
  archive = new MemoryObjectStore();
  server.requests.length = 0;
  parts = {
    clock: { now: () => now },
    fetch: (address, validators) =>
      fetchFeed(
        {
          clock: { now: () => now },
          pace: new MemoryHostPace(),
          allowedHosts: new Set([server.host]),
        },
        address,
        validators,
      ),
    sources,
    articles,
    archive,
    isFrozen: () => Promise.resolve(false),
    log: { info: noLog, warn: noLog, error: noLog },
    random: () => 0.5,
  };
  await define();
});

const noLog = () => undefined;
const define = (overrides = {}) =>
  sources.define(
    [
      sourceSchema.parse({
        id: 'ministry',
        issuer: 'Ministerium',
        url: `${server.origin}/feed`,
        firstContact: 'announce',
        ...overrides,
      }),
    ],
    now.toString(),
  );
const stateNow = async () => {
  const registered = await sources.get('ministry');
  if (registered === undefined) throw new Error('no source');
  return registered.state;
};
const poll = (messageId = 'm-1') => pollSource(parts, 'ministry', messageId);
const later = (duration: Temporal.DurationLike) => {
  now = now.add(duration);
};

const item = (n: number, extra = '') =>
  `<item><title>Meldung ${n}</title><link>${server.origin}/${n}</link><guid isPermaLink="false">g-${n}</guid><description>Text ${n}.</description><pubDate>Tue, 12 Mar 2024 1${n}:00:00 +0100</pubDate>${extra}</item>`;
const feed = (...items: string[]) =>
  `<rss version="2.0"><channel><title>Presse</title><link>${server.origin}/</link>${items.join('')}</channel></rss>`;
const serve = (body: string | Buffer, headers: Record<string, string> = {}, status = 200) => {
  server.answer = (_request, response: ServerResponse) => response.writeHead(status, headers).end(body);
};

describe('a feed', () => {
  test('is filed once, oldest first; the same again costs no parse and no article', async () => {
    serve(feed(item(2), item(1)), { etag: '"1"' });
    expect(await poll()).toEqual({ outcome: 'filed', stored: 2, corrected: 0, duplicates: 0 });
    const [first] = await articles.listPublishedBetween('alle', 0, 1);
    expect((await articles.get(first?.articleId ?? ''))?.headline).toBe('Meldung 1');
    expect(await stateNow()).toMatchObject({
      etag: '"1"',
      failures: 0,
      firstPolledAt: '2024-03-12T12:00:00.000Z',
      lastSuccessAt: '2024-03-12T12:00:00.000Z',
      lastNewItemAt: '2024-03-12T12:00:00.000Z',
      recentItems: ['2024-03-12T11:00:00.000Z', '2024-03-12T10:00:00.000Z'],
    });

    parts.articles = untouchable();
    later({ hours: 1 });
    expect((await poll()).outcome).toBe('not-modified');
    serve('', {}, 304);
    later({ hours: 1 });
    expect((await poll()).outcome).toBe('not-modified');
    expect(server.requests.at(-1)?.headers['if-none-match']).toBe('"1"');
    expect(await stateNow()).toMatchObject({
      lastSuccessAt: '2024-03-12T14:00:00.000Z',
      lastNewItemAt: '2024-03-12T12:00:00.000Z',
    });
  });

  test('that asks for validators gets them back, also after 304', async () => {
    serve(feed(item(1)), { etag: '"1"', 'last-modified': 'gestern' });
    await poll();
    serve('', {}, 304);
    await poll();
    await poll();
    expect(server.requests.at(-1)?.headers).toMatchObject({
      'if-none-match': '"1"',
      'if-modified-since': 'gestern',
    });
  });

  test('whose server calls everything uncacheable keeps its validators only while the body does', async () => {
    serve(feed(item(1)), { etag: '"same"', expires: '0' });
    await poll();
    serve(feed(item(2), item(1)), { etag: '"same"', expires: '0' });
    await poll();
    expect((await stateNow()).etag).toBeUndefined();
    expect(await articles.lastNumber()).toBe(2);
  });

  test('with one item changed corrects one article; its number stays', async () => {
    serve(feed(item(2), item(1)));
    await poll();
    serve(feed(item(2), item(1).replace('Text 1.', 'Text 1, berichtigt.')));
    expect(await poll()).toMatchObject({ stored: 0, corrected: 1 });
    const published = await articles.listPublishedBetween('alle', 0, 9);
    const [first] = await articles.getMany(published.map(({ articleId }) => articleId));
    expect(first).toMatchObject({ lead: 'Text 1, berichtigt.', revision: 2, publication: 1 });
  });

  test('that changes all its GUIDs but keeps its links yields nothing new', async () => {
    serve(feed(item(2), item(1)));
    await poll();
    serve(feed(item(2), item(1)).replaceAll('g-', 'urn:neu:'));
    expect(await poll()).toMatchObject({ stored: 0, duplicates: 2 });
    expect(await articles.lastNumber()).toBe(2);
  });

  test('of two sources with one release: one article, both as origin', async () => {
    serve(feed(item(1)));
    await poll();
    await sources.define(
      [sourceSchema.parse({ id: 'other', issuer: 'Staatskanzlei', url: `${server.origin}/other` })],
      now.toString(),
    );
    serve(feed(item(1).replace('g-1', 'x-1').replace(`/1<`, `/1/?utm_source=rss#top<`)));
    expect(await pollSource(parts, 'other', 'm-2')).toMatchObject({ stored: 0, duplicates: 1 });
    const [published] = await articles.listPublishedBetween('alle', 0, 9);
    const article = await articles.get(published?.articleId ?? '');
    expect(article?.origins.map(({ sourceId }) => sourceId)).toEqual(['ministry', 'other']);
  });

  test('is held during a freeze', async () => {
    parts.isFrozen = () => Promise.resolve(true);
    serve(feed(item(1)));
    await poll();
    expect(await articles.lastNumber()).toBe(0);
    expect(await articles.listHeld()).toMatchObject([{ because: 'freeze' }]);
  });

  test('on first contact is quiet, unless its source says otherwise', async () => {
    await define({ firstContact: 'quiet' });
    serve(feed(item(1)));
    await poll();
    serve(feed(item(2), item(1)));
    await poll();
    const published = await articles.listPublishedBetween('alle', 0, 9);
    expect(published.map(({ quiet }) => quiet)).toEqual([true, false]);
  });
});

describe('a source that fails', () => {
  test('is polled less and less, and recovers by itself', async () => {
    serve('', {}, 500);
    const waits: number[] = [];
    for (let failures = 1; failures <= 9; failures++) {
      expect(await poll()).toMatchObject({ outcome: 'failed' });
      waits.push(now.until((await stateNow()).nextPollAt).total('minutes'));
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
    expect(await stateNow()).toMatchObject({ failures: 9, lastError: 'HTTP 500' });
    serve(feed(item(1)));
    expect(await poll()).toMatchObject({ stored: 1 });
    const recovered = await stateNow();
    expect(recovered.failures).toBe(0);
    expect(recovered.lastError).toBeUndefined();
  });

  test.each([
    [503, '7200', 120],
    [429, '1', 5],
    [429, '9999999', 1440],
  ])('%d with Retry-After: %s is asked again in %d minutes', async (status, retryAfter, minutes) => {
    serve('', { 'retry-after': retryAfter }, status);
    await poll();
    expect(now.until((await stateNow()).nextPollAt).total('minutes')).toBe(minutes);
  });

  test('with an HTML page in place of its feed is a failure that says so', async () => {
    serve('<!DOCTYPE html><title>Wartung</title>');
    expect(await poll()).toMatchObject({ outcome: 'failed' });
    expect((await stateNow()).lastError).toBe('This is not a feed but an HTML page (“Wartung”)');
  });

  test('with 410 stops, and says so', async () => {
    serve('', {}, 410);
    expect(await poll()).toMatchObject({ outcome: 'gone' });
    expect(await stateNow()).toMatchObject({ gone: true, lastError: '410 Gone' });
    expect(await poll()).toMatchObject({ outcome: 'skipped' });
    expect(server.requests).toHaveLength(1);
  });

  test('that moved for good is polled at its new address', async () => {
    server.answer = (request, response) => {
      if (request.url === '/feed') response.writeHead(301, { location: '/neu' }).end();
      else response.writeHead(200).end(feed(item(1)));
    };
    await poll();
    expect((await stateNow()).url).toBe(`${server.origin}/neu`);
  });
});

describe('a poison feed', () => {
  const broken = '<rss version="2.0"><channel><item><title>Meldung';

  test('ends in the dead-letter queue with its body kept and its error', async () => {
    serve(broken, { 'content-type': 'text/xml' });
    await expect(poll('m-1')).rejects.toMatchObject({
      name: 'Discard',
      cause: expect.objectContaining({ name: 'BrokenFeed' }) as Error,
    });
    const [key] = await archive.list('poison/ministry/');
    const kept = await archive.get(key ?? '');
    expect(Buffer.from(kept?.body ?? []).toString()).toBe(broken);
    expect(kept).toMatchObject({ contentType: 'text/xml', metadata: { message: 'm-1' } });
    expect(decodeURIComponent(kept?.metadata['error'] ?? '')).toMatch('cut off');
  });

  test('fails its message each time, but no other for the same body', async () => {
    serve(broken);
    await expect(poll('m-1')).rejects.toThrow();
    await expect(poll('m-1')).rejects.toThrow();
    expect(await poll('m-2')).toMatchObject({ outcome: 'failed' });
    expect(await archive.list('poison/')).toHaveLength(1);
  });
});

/** Any use of it fails the test. */
const untouchable = () =>
  new Proxy(new MemoryArticles(), {
    get: (_target, name) => {
      throw new Error(`articles.${String(name)} was used`);
    },
  });
