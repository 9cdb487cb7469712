import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { fetchFeed, type FetchParts } from '../../../functions/ingest/fetch-feed.ts';
import { MemoryHostPace } from '../../../functions/ingest/memory-host-pace.ts';
import { Temporal } from '../../../functions/platform/time.ts';
import { startFeedServer, type FeedServer } from '../../support/feed-server.ts';

let server: FeedServer;
let other: FeedServer;
let parts: FetchParts;
beforeAll(async () => {
  [server, other] = await Promise.all([startFeedServer(), startFeedServer()]);
});
afterAll(() => Promise.all([server.stop(), other.stop()]));
beforeEach(() => {
  server.requests.length = 0;
  parts = {
    clock: { now: () => Temporal.Instant.from('2024-03-12T12:00:00Z') },
    pace: new MemoryHostPace(),
    allowedHosts: new Set([server.host, other.host]),
  };
});

const fetchIt = (path = '/feed', validators = {}) => fetchFeed(parts, server.origin + path, validators);
const body = '<rss version="2.0"><channel/></rss>';

describe('a body', () => {
  test('comes with its validators, verbatim, and the address it was found at', async () => {
    server.answer = (_request, response) =>
      response
        .writeHead(200, {
          etag: 'W/"not quoted properly',
          'last-modified': 'gestern',
          'content-type': 'text/xml',
          'cache-control': 'public, max-age=600',
        })
        .end(body);
    expect(await fetchIt()).toEqual({
      outcome: 'body',
      bytes: Buffer.from(body),
      contentType: 'text/xml',
      url: `${server.origin}/feed`,
      movedTo: undefined,
      etag: 'W/"not quoted properly',
      lastModified: 'gestern',
      maxAgeSeconds: 600,
      uncacheable: false,
    });
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': expect.stringContaining('redaktion@portal-jugendhilfe.example') as string,
      'accept-encoding': 'gzip, br, deflate',
    });
    expect(server.requests[0]?.headers).not.toHaveProperty('if-none-match');
  });

  test.each([
    ['gzip', gzipSync(body)],
    ['br', brotliCompressSync(body)],
    ['deflate', deflateSync(body)],
    ['deflate', deflateRawSync(body)],
    ['gzip, br', brotliCompressSync(gzipSync(body))],
    ['identity', Buffer.from(body)],
  ])('in %s', async (encoding, bytes) => {
    server.answer = (_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
    expect(await fetchIt()).toMatchObject({ outcome: 'body', bytes: Buffer.from(body) });
  });

  test.each([
    ['gzip', gzipSync(Buffer.alloc(16_000_000)), 'larger than 15000000 bytes'],
    ['br', brotliCompressSync(Buffer.alloc(16_000_000)), 'larger than 15000000 bytes'],
    ['identity', Buffer.alloc(16_000_000), 'larger than 15000000 bytes'],
    ['gzip', gzipSync(body).subarray(0, 30), 'unexpected end of file'],
    ['gzip', Buffer.from('no gzip at all'), 'incorrect header check'],
    ['compress', Buffer.from(body), 'an encoding that was not asked for'],
    ['gzip, gzip, gzip', Buffer.from(body), 'compressed more than twice'],
  ])('in %s that is too large or broken fails', async (encoding, bytes, reason) => {
    server.answer = (_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
    expect(await fetchIt()).toEqual({ outcome: 'failed', reason: expect.stringContaining(reason) as string });
  });

  test('that drips too slowly fails when the time for the whole exchange is over', async () => {
    parts.timeoutMs = 300;
    const timers = new Set<NodeJS.Timeout>();
    server.answer = (_request, response) => {
      response.writeHead(200);
      timers.add(setInterval(() => response.write('<!-- -->'), 50));
    };
    expect(await fetchIt()).toEqual({ outcome: 'failed', reason: 'the exchange took longer than allowed' });
    for (const timer of timers) clearInterval(timer);
  });

  test('of a server that is not there fails', async () => {
    const gone = await startFeedServer();
    parts.allowedHosts = new Set([gone.host]);
    await gone.stop();
    expect(await fetchFeed(parts, gone.origin)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('ECONNREFUSED') as string,
    });
  });
});

describe('conditional requests', () => {
  test('send validators back as they came; 304 is not modified', async () => {
    server.answer = (_request, response) => response.writeHead(304, { etag: '"b"' }).end();
    expect(await fetchIt('/feed', { etag: 'W/"a', lastModified: 'gestern' })).toMatchObject({
      outcome: 'not-modified',
    });
    expect(server.requests[0]?.headers).toMatchObject({
      'if-none-match': 'W/"a',
      'if-modified-since': 'gestern',
    });
  });

  test.each([
    [{ expires: '0' }, true],
    [{ expires: '-1' }, true],
    [{ 'cache-control': 'no-store' }, true],
    [{ expires: 'Sun, 19 Nov 1978 05:00:00 GMT' }, false],
    [{}, false],
  ])('%j: may the validators be made up? %s', async (headers, uncacheable) => {
    server.answer = (_request, response) => response.writeHead(200, headers).end(body);
    expect(await fetchIt()).toMatchObject({ uncacheable });
  });
});

describe('redirects', () => {
  const redirect = (...statuses: number[]) => {
    server.answer = (request, response) => {
      const hop = Number(new URL(request.url ?? '', server.origin).searchParams.get('hop') ?? 0);
      const status = statuses[hop];
      if (status === undefined) response.writeHead(200).end(body);
      else response.writeHead(status, { location: `/neu?hop=${hop + 1}` }).end('moved');
    };
  };

  test.each([
    [[301], true],
    [[308, 301], true],
    [[302], false],
    [[301, 307], false],
    [[303], false],
  ])('%j: is the address to be kept? %s', async (statuses, permanent) => {
    redirect(...statuses);
    const url = `${server.origin}/neu?hop=${statuses.length}`;
    expect(await fetchIt()).toMatchObject({ outcome: 'body', url, movedTo: permanent ? url : undefined });
  });

  test('five are followed, six are not', async () => {
    redirect(302, 302, 302, 302, 302);
    expect((await fetchIt()).outcome).toBe('body');
    redirect(302, 302, 302, 302, 302, 302);
    expect(await fetchIt()).toEqual({ outcome: 'failed', reason: 'it redirects more than 5 times' });
  });

  test.each([
    'http://127.0.0.1:1/',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'http://[::1]/',
  ])('to %s are refused', async (location) => {
    server.answer = (_request, response) => response.writeHead(302, { location }).end();
    expect(await fetchIt()).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/not/) as string,
    });
  });
});

describe('servers that ask for patience', () => {
  test.each([
    [503, { 'retry-after': '120' }, 120],
    [429, { 'retry-after': 'Tue, 12 Mar 2024 12:10:00 GMT' }, 600],
    [429, { 'retry-after': 'Tue, 12 Mar 2024 11:00:00 GMT' }, 0],
    [503, { 'retry-after': 'bald' }, undefined],
    [503, {}, undefined],
  ])('%s %j', async (status, headers, retryAfterSeconds) => {
    server.answer = (_request, response) => response.writeHead(status, headers).end();
    expect(await fetchIt()).toEqual({ outcome: 'busy', reason: `HTTP ${status}`, retryAfterSeconds });
  });

  test('410 says that the source is no more, 500 that it failed', async () => {
    server.answer = (_request, response) => response.writeHead(410).end();
    expect(await fetchIt()).toEqual({ outcome: 'gone' });
    server.answer = (_request, response) => response.writeHead(500).end();
    expect(await fetchIt()).toEqual({ outcome: 'failed', reason: 'HTTP 500' });
  });
});

test('names that lead to private addresses are refused when they are resolved', async () => {
  parts.allowedHosts = new Set();
  expect(await fetchFeed(parts, 'http://localhost/feed')).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining('is not a public address') as string,
  });
});
