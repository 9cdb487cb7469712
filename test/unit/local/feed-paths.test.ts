import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Hono } from 'hono';
import { lambdaHandler } from '../../../functions/web/lambda-handler.ts';
import { FileBucket } from '../../../local/aws/file-bucket.ts';
import { edge } from '../../../local/edge.ts';
import { httpGateway } from '../../../local/event-sources/http-gateway.ts';
import { close, listenOn } from '../../../local/listen.ts';

jest.setTimeout(60_000);

const secret = 'nicht für die Welt';
const folder = mkdtempSync(join(tmpdir(), 'herold-paths-'));
let server: Server;
let port: number;

beforeAll(async () => {
  writeFileSync(join(folder, 'secret.txt'), secret);
  const bucket = new FileBucket(join(folder, 'feeds'));
  writeFileSync(join(folder, 'feeds', 'secret.txt'), secret);
  bucket.put('feeds/alle.rss', Buffer.from('<rss/>'), { contentType: 'application/rss+xml', metadata: {} });
  bucket.put('editions/1.json', Buffer.from(secret), { contentType: 'application/json', metadata: {} });
  const pages = lambdaHandler(new Hono().notFound((c) => c.text('nicht da', 404)));
  server = createServer(
    edge(
      bucket,
      httpGateway((event) => pages(event as never)),
      'key',
    ),
  );
  port = await listenOn(server, 0);
});
afterAll(async () => {
  await close(server);
  rmSync(folder, { recursive: true });
});

/** As it stands, which no client of ours would send. */
function ask(target: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        Buffer.from(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 'latin1'),
      );
    });
    socket
      .on('data', (chunk) => chunks.push(chunk))
      .on('close', () => resolve(Buffer.concat(chunks).toString()))
      .on('error', reject);
  });
}

const segment = fc.constantFrom(
  ...[
    '..',
    '.',
    '',
    '%2e%2e',
    '%2E%2E',
    '..%2f',
    '..%5c',
    '..\\',
    '%252e%252e',
    '..;',
    '%c0%ae%c0%ae',
    '..%00',
  ],
  ...['feeds', 'objects', 'headers', 'editions', 'secret.txt', 'alle.rss', '1.json', 'etc', 'passwd', 'a.b'],
  ...[
    'constructor',
    '__proto__',
    'ü',
    '\u00ff.rss',
    'a'.repeat(300),
    '*',
    '?',
    '#',
    ':',
    'C:',
    '~',
    '$HOME.rss',
  ],
);
const path = fc.array(segment, { minLength: 1, maxLength: 7 }).map((segments) => `/${segments.join('/')}`);
const target = fc.oneof(
  { weight: 4, arbitrary: path.map((rest) => `/feeds${rest}`) },
  { weight: 1, arbitrary: path },
  { weight: 1, arbitrary: path.map((rest) => `http://evil.example${rest}`) },
);
const host = fc.constantFrom('portal.example', '127.0.0.1', '', '[', 'a b', '..', 'evil.example:x', '\u00ff');

test('no path leads out of the feeds, and none breaks anything', async () => {
  await fc.assert(
    fc.asyncProperty(target, host, async (asked, name) => {
      const answer = await ask(asked, name);
      expect(answer).toMatch(/^HTTP\/1\.1 (?:200|4\d\d) /);
      expect(answer).not.toContain(secret);
    }),
    { seed: 20150329, numRuns: 500 },
  );
  expect(await ask('/feeds/alle.rss', 'portal.example')).toContain('<rss/>');
});
