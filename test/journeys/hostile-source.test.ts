import diagnostics from 'node:diagnostics_channel';
import dns, { type LookupAddress } from 'node:dns';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, SQSBatchResponse } from 'aws-lambda';
import { Parser } from 'htmlparser2';
import type { Source } from '../../config/sources.ts';
import { sourceSchema } from '../../config/sources.schema.ts';
import { topics } from '../../config/topics.ts';
import { articlePath } from '../../functions/articles/article-page.ts';
import type { Article } from '../../functions/articles/article.ts';
import { DynamoDbArticles } from '../../functions/articles/dynamodb-articles.ts';
import { fetchFeed } from '../../functions/ingest/fetch-feed.ts';
import { MemoryHostPace } from '../../functions/ingest/memory-host-pace.ts';
import { renderDigest } from '../../functions/mail/digest-edition.tsx';
import { documentClient } from '../../functions/platform/aws-clients.ts';
import { systemClock, Temporal } from '../../functions/platform/time.ts';
import { edgeKeyHeader } from '../../functions/web/env.ts';
import { DynamoDbSources } from '../../functions/sources/dynamodb-sources.ts';
import { startFeedServer, type FeedServer } from '../support/feed-server.ts';
import { localAws } from '../support/local-aws.ts';
import { freshTables } from '../support/tables.ts';

// A source that means harm, from its server through the handlers that are deployed to pages, feeds and mails.

jest.setTimeout(180_000);

let hostile: FeedServer;
/** On this machine, and none of our sources: what it is asked is a way in. */
let inside: FeedServer;
let aws: Awaited<ReturnType<typeof localAws>>;
let sources: DynamoDbSources;
let articles: DynamoDbArticles;
let ingest: (event: unknown) => Promise<SQSBatchResponse>;
let syndicate: (event: unknown) => Promise<unknown>;
let web: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;
const logged: string[] = [];

const answers: Record<string, (response: ServerResponse) => void> = {};

beforeAll(async () => {
  // The log of functions is their standard output.
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      const lines = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      logged.push(...lines.split('\n').filter((line) => line !== ''));
      return true;
    });
  }
  [hostile, inside] = await Promise.all([startFeedServer(), startFeedServer()]);
  hostile.answer = (request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else answer(response);
  };
  inside.answer = (_request, response) => response.end(feedOf('<item><title>Geheim</title></item>'));
  aws = await localAws();
  const tables = await freshTables();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: aws.s3,
    AWS_ENDPOINT_URL_SQS: aws.sqs,
    CONTENT_TABLE: tables.content,
    SUBSCRIBERS_TABLE: tables.subscribers,
    DISPATCH_TABLE: tables.dispatch,
    TRANSACTIONAL_QUEUE_URL: `${aws.sqs}/queue`,
    FEED_BUCKET: 'bucket',
    ARCHIVE_BUCKET: 'bucket',
    KEYRING_SECRET: 'none',
    SHARD_COUNT: '4',
    PORTAL_BASE_URL: 'https://portal.example',
    EDGE_KEYS: 'key',
    ALLOWED_SOURCE_HOSTS: hostile.host,
  });
  const [ingestModule, syndicateModule, webModule] = await Promise.all([
    import('../../functions/ingest/ingest.handler.ts'),
    import('../../functions/syndicate/syndicate.handler.ts'),
    import('../../functions/web/web.handler.ts'),
  ]);
  ingest = ingestModule.handler as typeof ingest;
  syndicate = syndicateModule.handler as typeof syndicate;
  web = webModule.handler;
  sources = new DynamoDbSources(documentClient(), tables.content);
  articles = new DynamoDbArticles(documentClient(), tables.content);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await Promise.all([hostile.stop(), inside.stop(), aws.stop()]);
});

let message = 0;

/** Polls `/<id>` of the hostile server as the queue has it polled; everything of it may be shown. */
async function poll(
  id: string,
): Promise<{ failed: boolean; source: NonNullable<Awaited<ReturnType<typeof stateOf>>> }> {
  if ((await sources.get(id)) === undefined) {
    const source: Source = sourceSchema.parse({
      ...{ id, issuer: 'Ministerium', url: `${hostile.origin}/${id}` },
      ...{ fullText: 'allowed', images: 'reference', firstContact: 'announce' },
    });
    await sources.define(
      [...(await sources.list()).map((known) => known.source), source],
      '2024-03-12T09:00:00.000Z',
    );
  }
  message += 1;
  const record = {
    messageId: `m-${message}`,
    body: JSON.stringify({ sourceId: id }),
    attributes: { ApproximateReceiveCount: '1' },
  };
  const { batchItemFailures } = await ingest({ Records: [record] });
  const source = await stateOf(id);
  if (source === undefined) throw new Error(`${id} is gone`);
  return { failed: batchItemFailures.length > 0, source };
}
const stateOf = async (id: string) => (await sources.get(id))?.state;

const feedOf = (items: string, head = ''): string =>
  `<?xml version="1.0"?>${head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Presse</title>${items}</channel></rss>`;

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><animate onbegin=alert(1)></svg>',
  '<a href="javascript:alert(1)">a</a>',
  '<a href=" java\tscript:alert(1)">a</a>',
  '<a href="data:text/html,<script>alert(1)</script>">a</a>',
  '<a href="vbscript:x">a</a>',
  '<iframe src="https://evil.example/"></iframe>',
  '<form action="https://evil.example/"><input name=t><button formaction="javascript:x">x</button></form>',
  '<style>@import "https://evil.example/"</style><link rel=stylesheet href="//evil.example">',
  '<meta http-equiv=refresh content="0;url=https://evil.example/">',
  '<base href="https://evil.example/">',
  '<object data="https://evil.example/"></object><embed src="https://evil.example/">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  // Raw text in HTML, markup in SVG and MathML: parsers and browsers differ.
  '<svg><textarea><img src=x onerror=alert(1)></textarea></svg>',
  '<math><xmp><img src=x onerror=alert(1)></xmp></math>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<p style="background:url(javascript:alert(1))" onclick="alert(1)">p</p>',
  ']]><script>alert(1)</script><![CDATA[',
  '</content></entry></channel></rss><script>alert(1)</script>',
  '</script></title></textarea></noscript><script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '{{constructor.constructor("alert(1)")()}}',
  '\u202egnp.exe\u2066\u0000\ufffe',
] as const;

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replace(/[\0\ufffe]/gu, '');
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** Each attack in each field of an item of its own, in one spelling. */
function attackingItems(spell: (text: string) => string, name: string): string {
  return attacks
    .map(
      (attack, index) => `<item>
<title>${spell(`${name} ${index} ${attack}`)}</title>
<link>${index % 3 === 0 ? 'javascript:alert(1)' : `https://ministry.example/${name}-${index}?${escaped(attack)}`}</link>
<guid isPermaLink="false">${spell(`${name}-${index}${attack}`)}</guid>
<pubDate>Tue, 12 Mar 2024 10:00:00 +0100</pubDate>
<category>${spell(index % 2 === 0 ? attack : 'Kita')}</category>
<description>${spell(`Teaser der Meldung ${index}: ${attack}`)}</description>
<enclosure url="${index % 2 === 0 ? 'javascript:alert(1)' : `https://images.example/a.jpg?${escaped(attack)}`}" type="image/jpeg" length="1"/>
<media:credit>${spell(attack)}</media:credit><media:description>${spell(attack)}</media:description>
<content:encoded>${spell(`<p>Absatz mit Text. ${attack}</p><figure><img src="https://images.example/${index}.jpg" alt='${attack}'><figcaption>Foto: ${attack}</figcaption></figure><p>Quelle: ${attack} vom 12.03.2024</p>`)}</content:encoded>
</item>`,
    )
    .join('\n');
}

const ourScript = /^\/assets\/kopieren\.[a-z2-7]+\.js$/;
const webAddress = /^(?:https?:|mailto:|tel:|\/(?!\/)|#)/;

/** What a browser would run, load or send elsewhere, told by a parser that we don't write with. */
function harmIn(html: string, { xmlPage = false }: { xmlPage?: boolean } = {}): string[] {
  const found: string[] = [];
  let jsonLd = false;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const is = (tag: string): boolean => name.toLowerCase() === tag;
        jsonLd = is('script') && attributes['type'] === 'application/ld+json';
        if (is('script') && !jsonLd && !ourScript.test(attributes['src'] ?? '')) found.push('<script>');
        if (/^(?:iframe|object|embed|base|style|svg|math|frame|applet|template|noscript)$/i.test(name))
          found.push(`<${name}>`);
        if (is('meta') && 'http-equiv' in attributes) found.push('<meta http-equiv>');
        if (is('form') && !/^\/(?!\/)/.test(attributes['action'] ?? '/'))
          found.push(`form to ${attributes['action']}`);
        for (const [key, value] of Object.entries(attributes)) {
          if (/^on/i.test(key) || (/^style$/i.test(key) && /url|expression/i.test(value)))
            found.push(`${name}@${key}`);
          if (
            /^(?:href|src|action|formaction|srcset|poster|data|xlink:href)$/i.test(key) &&
            value !== '' &&
            !webAddress.test(value.trim())
          )
            found.push(`${name}@${key}=${value}`);
        }
      },
      ontext: (text) => {
        if (jsonLd && text.includes('<')) found.push('a tag in JSON-LD');
      },
      onclosetag: () => (jsonLd = false),
    },
    { xmlMode: xmlPage, decodeEntities: true },
  );
  parser.end(html);
  return found;
}

const get = async (path: string): Promise<string> => {
  const answer = await web({
    ...{
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: '',
      headers: { [edgeKeyHeader]: 'key' },
      isBase64Encoded: false,
    },
    requestContext: {
      ...{
        accountId: '0',
        apiId: 'api',
        domainName: 'portal.example',
        domainPrefix: 'portal',
        requestId: 'r',
      },
      ...{ routeKey: '$default', stage: '$default', time: '', timeEpoch: 0 },
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: '' },
    },
  });
  if (answer.statusCode !== 200) throw new Error(`${path} answers ${answer.statusCode ?? ''}`);
  return answer.body ?? '';
};

const published = async (): Promise<Article[]> => {
  const newest = await articles.listNewest('alle', 500);
  return articles.getMany(newest.map(({ articleId }) => articleId));
};

/** All that people get to see of what is stored: pages, feeds with the HTML in them, and a digest. */
async function shownToPeople(): Promise<Map<string, string[]>> {
  await syndicate({});
  const all = await published();
  const harm = new Map<string, string[]>();
  const note = (where: string, found: string[]): void => {
    if (found.length > 0) harm.set(where, found);
  };
  const paths = ['/', '/themen/alle/', '/feeds/alle/', ...topics.map(({ slug }) => `/themen/${slug}/`)];
  await Promise.all(
    [...paths, ...all.map(articlePath)].map(async (path) => note(path, harmIn(await get(path)))),
  );
  for (const key of aws.bucket.keys('feeds/')) {
    const body = aws.bucket.get(key)?.body.toString() ?? '';
    if (key.endsWith('.json')) {
      const { items } = JSON.parse(body) as {
        items: { content_html?: string; url: string; image?: string }[];
      };
      for (const { content_html: html = '', url, image = 'https:' } of items) {
        note(key, [...harmIn(html), ...[url, image].filter((address) => !/^https?:/.test(address))]);
      }
      continue;
    }
    note(key, harmIn(body, { xmlPage: true }));
    const html: string[] = [];
    let inHtml = 0;
    const parser = new Parser(
      {
        onopentag: (name, { type }) => {
          // RSS means HTML unless it says otherwise, Atom the contrary (RFC 4287 § 3.1.1).
          const isHtml = key.endsWith('.atom') ? type === 'html' : true;
          if (/^(?:content:encoded|description|content|summary)$/.test(name) && isHtml) inHtml += 1;
        },
        onclosetag: (name) => {
          if (/^(?:content:encoded|description|content|summary)$/.test(name)) inHtml = 0;
        },
        ontext: (text) => {
          if (inHtml > 0) html.push(text);
        },
      },
      { xmlMode: true },
    );
    parser.end(body);
    note(`HTML in ${key}`, harmIn(html.join('')));
  }
  const edition = renderDigest(all, {
    ...{ cadence: 'daily', catchUp: false, baseUrl: new URL('https://portal.example') },
    day: Temporal.PlainDate.from('2024-03-12'),
  });
  note(
    'digest',
    harmIn(edition.html).filter((found) => !/^(?:<style>$|<meta http-equiv>$|a@href=herold:)/.test(found)),
  );
  if (/[\r\n]/.test(edition.subject)) note('digest', ['a line break in its subject']);
  return harm;
}

test('markup that attacks readers arrives nowhere: not in pages, not in feeds, not in mails', async () => {
  for (const [id, spell] of [
    ['escaped', escaped],
    ['cdata', (text: string) => cdata(text.replace(/[\0\ufffe]/gu, ''))],
    ['twice', (text: string) => escaped(escaped(text))],
  ] as const) {
    answers[`/${id}`] = (response) => response.end(feedOf(attackingItems(spell, id)));
    const { failed, source } = await poll(id);
    expect({ failed, lastError: source.lastError }).toEqual({ failed: false, lastError: undefined });
  }
  answers['/raw'] = (response) => response.end(feedOf(attackingItems((text) => text, 'raw')));
  await poll('raw');
  expect((await published()).length).toBeGreaterThanOrEqual(3 * attacks.length);
  expect(Object.fromEntries(await shownToPeople())).toEqual({});
});

test('entities neither grow nor fetch: not from our files, not from our network', async () => {
  const laughs = Array.from({ length: 12 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`).join(
    '',
  );
  const bomb = `<!DOCTYPE rss [<!ENTITY a0 "ha">${laughs}<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY net SYSTEM "${inside.origin}/"><!ENTITY % dtd SYSTEM "${inside.origin}/dtd"> %dtd;]>`;
  const item =
    '<item><title>Bombe &a12; &file; &net;</title><guid>bombe</guid><description>&a12;&file;&net;</description></item>';
  answers['/entities'] = (response) => response.end(feedOf(item, bomb));
  const began = performance.now();
  await poll('entities');
  expect(performance.now() - began).toBeLessThan(5000);
  expect(inside.requests).toEqual([]);
  const all = JSON.stringify(await published());
  expect(all).not.toContain('root:');
  expect(all).not.toContain('hahaha');
});

test.each([
  ['of 16 million bytes', (response: ServerResponse) => void response.end(Buffer.alloc(16_000_000, 'a'))],
  [
    'of 300 million bytes in a few compressed ones',
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(300_000_000)));
    },
  ],
  [
    'compressed twice',
    (response: ServerResponse) => {
      response
        .writeHead(200, { 'content-encoding': 'gzip, gzip' })
        .end(gzipSync(gzipSync(Buffer.alloc(300_000_000))));
    },
  ],
  [
    'without an end',
    (response: ServerResponse) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64_000, 'a')));
      };
      response.writeHead(200).on('drain', more);
      more();
    },
  ],
  [
    'behind headers without an end',
    (response: ServerResponse) => {
      response
        .writeHead(200, Array.from({ length: 3000 }, (_, n) => [`x-${n}`, 'a'.repeat(50)]).flat())
        .end('a');
    },
  ],
])('a body %s is given up, in bounded memory', async (name, answer) => {
  const id = `huge-${name.replace(/[^a-z]+/g, '-').replace(/-$/, '')}`;
  answers[`/${id}`] = answer;
  const before = process.memoryUsage().rss;
  const { failed, source } = await poll(id);
  expect(failed).toBe(false);
  expect(source).toMatchObject({ failures: 1, lastError: expect.any(String) as string });
  expect(process.memoryUsage().rss - before).toBeLessThan(700_000_000);
});

test('an item larger than a row can be is filed without what is too much, and others beside it are filed', async () => {
  const items = [
    `<item><title>Riese</title><guid>riese</guid><description>${'Wort '.repeat(120_000)}</description><content:encoded>${'Satz und Satz. '.repeat(100_000)}</content:encoded></item>`,
    `<item><title>${'Titel '.repeat(200_000)}</title><guid>titel</guid></item>`,
    `<item><title>Guid</title><guid>${'g'.repeat(3000)}</guid></item>`,
    `<item><title>Adresse</title><guid>adresse</guid><link>https://ministry.example/${'a'.repeat(5000)}</link></item>`,
    `<item><title>Themen</title><guid>themen</guid>${'<category>Kita</category>'.repeat(5000)}</item>`,
    '<item><title>Nachbar der Riesen</title><guid>nachbar</guid></item>',
  ];
  answers['/giants'] = (response) => response.end(feedOf(items.join('')));
  const { failed, source } = await poll('giants');
  expect({ failed, lastError: source.lastError }).toEqual({ failed: false, lastError: undefined });
  const headlines = (await published()).map(({ headline }) => headline);
  expect(headlines).toContain('Nachbar der Riesen');
  expect(headlines).toContain('Riese');
  expect(Object.fromEntries(await shownToPeople())).toEqual({});
});

test('a redirect leads to no address of ours, however it is written, and is not remembered', async () => {
  const port = inside.host.split(':')[1] ?? '';
  const locations = [
    'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://169.254.170.2/v2/credentials',
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}/`,
    'http://localhost/',
    `http://0.0.0.0:${port}/`,
    'http://2130706433/',
    'http://0x7f000001/',
    'http://127.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://10.0.0.1/',
    'http://192.168.0.1/',
    'http://user:password@127.0.0.1/',
    'file:///etc/passwd',
    'data:text/xml,<rss/>',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    `http://${hostile.host}@127.0.0.1/`,
    '//127.0.0.1/',
    'http://metadata.google.internal/',
    `http:\\\\127.0.0.1:${port}\\`,
  ];
  for (const [index, location] of locations.entries()) {
    const id = `redirect-${String.fromCharCode(97 + index)}`;
    answers[`/${id}`] = (response) => response.writeHead(301, { location }).end();
    const { failed, source } = await poll(id);
    expect([location, failed, source.failures, source.url]).toEqual([
      location,
      false,
      1,
      `${hostile.origin}/${id}`,
    ]);
    expect(source.lastError).toMatch(/is not fetched|not a public address|ENOTFOUND|EAI_AGAIN/);
  }
  expect(inside.requests).toEqual([]);
});

test('redirects without an end come to one', async () => {
  answers['/circle'] = (response) => response.writeHead(302, { location: '/circle' }).end();
  expect((await poll('circle')).source.lastError).toMatch(/redirects more than/);
});

test('a name that changes between check and connection leads nowhere but to what was checked', async () => {
  const asked: string[] = [];
  const connected: string[] = [];
  const sockets = (event: unknown): void => {
    (event as { socket: Socket }).socket.on('lookup', (error: Error | null, address?: string) => {
      if (error === null && address !== undefined) connected.push(address);
    });
  };
  diagnostics.subscribe('net.client.socket', sockets);
  // The first answer is for whoever checks, the next ones are for whoever connects; and sometimes both come at once.
  const names: Record<string, string[][]> = {
    'turns.example': [['93.184.215.14'], ['127.0.0.1'], ['169.254.169.254']],
    'turned.example': [['127.0.0.1'], ['93.184.215.14']],
    'mixed.example': [['93.184.215.14', '10.0.0.1']],
  };
  const lookup = jest.spyOn(dns, 'lookup').mockImplementation(((
    name: string,
    _options: unknown,
    callback: (error: null, addresses: LookupAddress[]) => void,
  ) => {
    asked.push(name);
    const list = names[name] ?? [];
    const now = (list.length > 1 ? list.shift() : list[0]) ?? [];
    callback(
      null,
      now.map((address) => ({ address, family: 4 })),
    );
  }) as never);
  try {
    const parts = {
      clock: systemClock,
      pace: new MemoryHostPace(),
      allowedHosts: new Set<string>(),
      timeoutMs: 400,
    };
    const outcomes = [];
    for (const name of Object.keys(names)) outcomes.push(await fetchFeed(parts, `http://${name}/feed`));
    expect(outcomes).toEqual([
      { outcome: 'failed', reason: expect.not.stringContaining('not a public') as string },
      { outcome: 'failed', reason: 'turned.example is at 127.0.0.1, which is not a public address' },
      { outcome: 'failed', reason: 'mixed.example is at 10.0.0.1, which is not a public address' },
    ]);
    expect(asked).toEqual(['turns.example', 'turned.example', 'mixed.example']);
    expect(connected).toEqual(['93.184.215.14']);
  } finally {
    lookup.mockRestore();
    diagnostics.unsubscribe('net.client.socket', sockets);
  }
});

test('validators that no header can hold do not keep a source from being read again', async () => {
  answers['/validators'] = (response) => {
    const socket = response.socket as Socket;
    const body = feedOf(`<item><title>Fassung ${hostile.requests.length}</title><guid>v</guid></item>`);
    socket.write(
      Buffer.from(
        `HTTP/1.1 200 OK\r\nETag: "☃"\r\nLast-Modified: ☃ gestern\r\nContent-Type: text/xml; charset=☃\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      ),
    );
    socket.end();
  };
  await poll('validators');
  const asked = hostile.requests.length;
  const { source } = await poll('validators');
  expect(hostile.requests.length).toBe(asked + 1);
  expect(source).toMatchObject({ failures: 0 });
});

test('nothing of it is an error of ours, and the log stays short', () => {
  const errors = logged.filter((line) => /"level":"ERROR"/.test(line));
  expect(logged.length).toBeGreaterThan(50);
  expect(errors).toEqual([]);
  expect(Math.max(...logged.map((line) => line.length))).toBeLessThan(20_000);
});
