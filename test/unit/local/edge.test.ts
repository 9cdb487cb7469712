import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { FileBucket } from '../../../local/aws/file-bucket.ts';
import { serveObject } from '../../../local/edge.ts';
import { close, listenOn } from '../../../local/listen.ts';

const text = '<rss>Grüße</rss>'.repeat(100);
const changed = 'Sun, 01 Mar 2026 08:00:00 GMT';
const folder = mkdtempSync(join(tmpdir(), 'herold-edge-'));
const bucket = new FileBucket(folder);
let server: Server;
let port: number;
let etag: string;

beforeAll(async () => {
  bucket.put('feeds/alle.rss', Buffer.from(text), {
    contentType: 'application/rss+xml; charset=utf-8',
    cacheControl: 'public, max-age=300',
    metadata: { link: '<https://portal.example/feeds/alle.rss>; rel="self"', 'last-modified': changed },
  });
  etag = bucket.get('feeds/alle.rss')?.etag ?? '';
  server = createServer((request, response) => {
    if (!serveObject(bucket, 'feeds/alle.rss', request, response)) response.writeHead(404).end();
  });
  port = await listenOn(server, 0);
});

afterAll(async () => {
  await close(server);
  rmSync(folder, { recursive: true });
});

/** With node:http, since fetch decompresses by itself. */
async function ask(headers: Record<string, string>): Promise<{ response: IncomingMessage; body: Buffer }> {
  const response = await new Promise<IncomingMessage>((resolve) => get({ port, headers }, resolve));
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { response, body: Buffer.concat(chunks) };
}

test('serves an object with the headers it was stored with', async () => {
  const { response, body } = await ask({});
  expect(response.headers).toMatchObject({
    etag,
    'content-type': 'application/rss+xml; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'content-length': String(Buffer.byteLength(text)),
    'last-modified': changed,
    link: '<https://portal.example/feeds/alle.rss>; rel="self"',
  });
  expect(body.toString()).toBe(text);
});

test.each([
  ['br, gzip', 'br'],
  ['gzip;q=0.8, br;q=0', 'gzip'],
  ['identity', undefined],
])('answers "%s" with %s', async (accepted, encoding) => {
  const { response, body } = await ask({ 'accept-encoding': accepted });
  expect(response.headers['content-encoding']).toBe(encoding);
  const plain =
    encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
  expect(plain.toString()).toBe(text);
});

test.each([
  ['the same tag', (tag: string) => tag],
  ['the weak form', (tag: string) => `W/${tag}`],
  ['a proxy’s mark for gzip', (tag: string) => tag.replace(/"$/, '-gzip"')],
  ['one of several', (tag: string) => `"other", ${tag}`],
  ['any', () => '*'],
])('answers 304 to %s', async (_name, form) => {
  const { response, body } = await ask({ 'if-none-match': form(etag) });
  expect(response.statusCode).toBe(304);
  expect(body).toHaveLength(0);
});

test('answers 304 to a date, but a tag wins over it', async () => {
  const date = { 'if-modified-since': changed };
  expect((await ask(date)).response.statusCode).toBe(304);
  expect((await ask({ ...date, 'if-none-match': '"other"' })).response.statusCode).toBe(200);
  expect((await ask({ 'if-modified-since': 'Sun, 01 Mar 2026 07:59:59 GMT' })).response.statusCode).toBe(200);
});
