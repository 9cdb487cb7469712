import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import { MemoryAnnouncements } from '../../../functions/announcements/memory-announcements.ts';
import { articlePath } from '../../../functions/articles/article-page.ts';
import type { Log } from '../../../functions/platform/log.ts';
import { epochSeconds, Temporal } from '../../../functions/platform/time.ts';
import { newKeyringSecret, parseKeyring, type Keyring } from '../../../functions/subscribers/keyring.ts';
import { sidOf } from '../../../functions/subscribers/sid.ts';
import { makeToken, nobody, type TokenPurpose } from '../../../functions/subscribers/tokens.ts';
import { currentWording } from '../../../functions/subscribers/wording.ts';
import { createApp } from '../../../functions/web/app.tsx';
import { lambdaHandler } from '../../../functions/web/lambda-handler.ts';
import { seedRelaunch } from '../../support/announcements/seed.ts';
import { publishedArticles, sampleReleases } from '../../support/sample-articles.ts';
import { memorySubscriberParts, testKeyring } from '../../support/subscriber-parts.ts';
import { aSubscriber, changeTo, testPepper } from '../../support/subscribers.ts';

/** Requests in all. More with `FUZZ_REQUESTS=100000 npx jest test/unit/web/fuzz`. */
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 1500);
/** A run can be repeated from what its failure prints. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20150329);

jest.setTimeout(3_600_000);

const now = Temporal.Instant.from('2022-05-02T10:00:00Z');
const origin = 'https://portal.example';
const address = 'ada.lovelace@mail.example';
const sid = sidOf(address, testPepper);
const purposes: TokenPurpose[] = ['unsubscribe', 'settings', 'confirm', 'form'];
const otherKeyring = { ...parseKeyring(newKeyringSecret()), pepper: testPepper };

/** Tokens that open nothing, and one in a hundred that opens something. */
const tokensOf = (keyring: Keyring, at: Temporal.Instant) =>
  purposes.map((purpose) => makeToken(keyring, purpose, purpose === 'form' ? nobody : sid, at));
const sound = tokensOf(testKeyring, now);
const stale = tokensOf(testKeyring, now.subtract({ hours: 24 * 400 })).filter((token) => token[2] !== 'u');
const foreign = tokensOf(otherKeyring, now);

const flipped = fc
  .tuple(
    fc.constantFrom(...sound),
    fc.nat(54),
    fc.constantFrom('a', 'Z', '0', '9', '-', '_', '~', '%', '+', '/', '='),
  )
  .map(([token, at, character]) => token.slice(0, at) + character + token.slice(at + 1))
  .filter((token) => !sound.includes(token));
const cut = fc.tuple(fc.constantFrom(...sound), fc.nat(54)).map(([token, length]) => token.slice(0, length));
const brokenToken = fc.oneof(flipped, cut, fc.constantFrom(...stale, ...foreign));

/** Each begins with the same letters, by which a page that repeats it unescaped gives itself away. */
const payloads = [
  'zq<script>alert(1)</script>',
  'zq"onfocus="alert(1)',
  "zq'onfocus='alert(1)",
  'zq</title><img src=x onerror=alert(1)>',
  'zq--><svg/onload=alert(1)>',
  'zq]]><x>',
  'zq\r\nSet-Cookie: a=b\r\n\r\n<script>',
  'javascript:alert(1)//zq"',
  '//evil.example/zq"',
  '/\\evil.example',
  'https://evil.example/',
  '..',
  '../../../etc/passwd',
  '..\\..\\windows',
  '.%00./',
  'constructor',
  '__proto__',
  'toString',
  'Ünïcödé ☃ \u202e\u2066 \u0000',
  '\ud800',
  'ﬀ＜script＞zq',
  '',
  ' ',
  'zq'.repeat(5000),
  address,
] as const;
const junk = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...payloads) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');
/** As it could stand in an address: percent-encoded well, twice, badly, or not at all. */
const encoded = fc
  .tuple(junk, fc.constantFrom('once', 'twice', 'badly', 'raw', 'dots'))
  .map(([text, how]) => {
    const whole = wellFormed(text);
    if (how === 'once') return encodeURIComponent(whole);
    if (how === 'twice') return encodeURIComponent(encodeURIComponent(whole));
    if (how === 'badly') return `${encodeURIComponent(whole)}%`;
    if (how === 'dots') return '%2e%2e%2f%c0%af%ff';
    return text;
  });

let articlePaths: string[] = [];
const knownPaths = [
  '/', '/themen/', '/themen/familie', '/themen/familie/', '/themen/migration/', '/themen/constructor/', '/artikel/x', '/artikel/x/', '/feeds', '/feeds/',
  '/feeds/alle/', '/feeds/kita.rss', '/feeds/feeds.opml', '/feeds/archiv/alle-1.rss', '/sitemap.xml', '/sitemap-0.xml', '/sitemap-999999.xml', '/robots.txt',
  '/impressum', '/datenschutz', '/redaktionsstatus', '/hinweise.json', '/hinweise.html', '/hinweise/', '/hinweise/relaunch-2022-04-29/',
  '/hinweise/relaunch-2022-04-29.ics', '/hinweise-1.schema.json', '/anmeldung', '/bestaetigung', '/einstellungen', '/abmeldung', '/datenauskunft', '/rss', '/favicon.svg',
] as const; // prettier-ignore
const path = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...knownPaths) },
  { weight: 1, arbitrary: fc.nat(20).map((index) => articlePaths[index % articlePaths.length] ?? '/') },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom('/themen/', '/artikel/', '/feeds/', '/hinweise/', '/', '/sitemap-', '//'),
        encoded,
      )
      .chain(([folder, name]) =>
        fc.constantFrom('', '/', '.rss', '.ics').map((ending) => `${folder}${name}${ending}`),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...knownPaths), encoded).map(([known, name]) => known + name),
  },
);

const fieldNames = [
  't', 'f', 'thema', 'vor', 'adresse', 'alle', 'thema-familie', 'hinweise', 'einwilligung', 'website', 'stand', 'wunsch', 'aktion', 'pause', 'nachholen',
  'loeschen', 'was', 'zurueck', 'List-Unsubscribe', '__proto__', 'constructor',
] as const; // prettier-ignore
const valueWith = (token: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: token },
    { weight: 3, arbitrary: junk },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...['One-Click', 'ja', 'daily', 'alles', 'auswahl', 'adresse', 'link', 'pause', 'weiter', 'loeschen'],
        ...[
          'abmelden',
          'thema-familie',
          currentWording,
          '2022-05-09',
          '9999-99-99',
          '1',
          '-1',
          '1e9',
          address,
        ],
      ),
    },
  );
const fieldsWith = (token: fc.Arbitrary<string>): fc.Arbitrary<[string, string][]> =>
  fc
    .array(
      fc.oneof(
        fc.tuple(fc.constantFrom(...fieldNames), valueWith(token)),
        fc.tuple(fc.constantFrom('t', 'f'), token),
      ),
      { maxLength: 8 },
    )
    .map((pairs) => pairs.map(([name, text]) => [name, wellFormed(text)] as [string, string]));

const boundary = 'xXzq';
const multipart = (pairs: [string, string][]): string =>
  pairs
    .map(
      ([name, text]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
    )
    .join('') + `--${boundary}--\r\n`;
const bodyOf = (fields: fc.Arbitrary<[string, string][]>) => fc.oneof(
  {
    weight: 4,
    arbitrary: fields.map((pairs) => ({
      type: 'application/x-www-form-urlencoded',
      text: new URLSearchParams(pairs).toString(),
    })),
  },
  { weight: 1, arbitrary: fields.map((pairs) => ({ type: `multipart/form-data; boundary=${boundary}`, text: multipart(pairs) })) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom(
        ...['application/x-www-form-urlencoded; charset=utf-16', 'application/x-www-form-urlencoded;charset=x-nonsense'],
        ...['APPLICATION/X-WWW-FORM-URLENCODED', 'multipart/form-data', 'multipart/form-data; boundary=', 'text/plain'],
        ...['application/json', 'text/xml; charset="', 'nonsense', '', 'multipart/form-data; boundary="zq"; charset=utf-7'],
      ),
      text: fc.oneof(junk, fc.constant('a='.repeat(20_000)), fc.constant('%'.repeat(9000)), fc.constant('{"t":1}')),
    }),
  },
); // prettier-ignore

const headerValue = junk.map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')); // what a server lets through
const headers = fc.dictionary(
  fc.constantFrom(
    ...['accept', 'accept-language', 'accept-encoding', 'cookie', 'host', 'origin', 'referer', 'user-agent', 'range'],
    ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'if-none-match', 'if-modified-since', 'authorization'],
    ...['x-http-method-override', 'content-encoding', 'content-length', 'transfer-encoding', 'forwarded'],
  ),
  fc.oneof(headerValue, fc.constantFrom('*', '*/*;q=x', 'text/html;q=0', 'fe80::1%eth0', '1.2.3.4, ::1', 'gzip', '-1')),
  { maxKeys: 5 },
); // prettier-ignore
const method = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('GET', 'POST') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'HEAD',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'TRACE',
      'CONNECT',
      'get',
      'BREW',
    ),
  },
);

const eventOf = (path: fc.Arbitrary<string>, fields: fc.Arbitrary<[string, string][]>) =>
  fc
    .record({
      method,
      path,
      query: fields,
      headers,
      body: bodyOf(fields),
      base64: fc.boolean(),
      hasBody: fc.boolean(),
    })
    .map((request): APIGatewayProxyEventV2 => {
      const { type, text } = request.body;
      const rawQueryString = new URLSearchParams(request.query).toString();
      return {
        version: '2.0',
        routeKey: '$default',
        rawPath: request.path,
        rawQueryString,
        headers: { ...request.headers, ...(request.hasBody && { 'content-type': type }) },
        requestContext: {
          accountId: '000000000000',
          apiId: 'api',
          domainName: 'portal.example',
          domainPrefix: 'portal',
          http: {
            method: request.method,
            path: request.path,
            protocol: 'HTTP/1.1',
            sourceIp: '203.0.113.77',
            userAgent: '',
          },
          requestId: 'request',
          routeKey: '$default',
          stage: '$default',
          time: '',
          timeEpoch: 0,
        },
        ...(request.hasBody && { body: request.base64 ? Buffer.from(text).toString('base64') : text }),
        isBase64Encoded: request.base64,
      };
    });

/** The whole portal over memory, with one subscriber, and everything that it says kept. */
async function aSite() {
  const { articles, sources, announcements } = await content;
  const parts = memorySubscriberParts();
  await parts.store.put(changeTo(aSubscriber(address)));
  const logged: string[] = [];
  const note = (...line: unknown[]): void =>
    void logged.push(
      JSON.stringify(line, (_key, part: unknown) => (part instanceof Error ? part.stack : part)),
    );
  const log: Log = { info: note, warn: note, error: note };
  const clock = { now: () => now };
  const app = createApp({
    ...{ articles, sources, announcements, clock, log },
    baseUrl: new URL(origin),
    subscriptions: { ...parts, clock, networkDetail: 'prefix' },
  });
  const state = async () =>
    JSON.stringify([
      await parts.store.get(sid, epochSeconds(now)),
      await parts.store.history(sid, epochSeconds(now)),
    ]);
  return { handler: lambdaHandler(app), logged, state, mails: parts.mails };
}

/** What nobody's request changes. */
const content = (async () => {
  const { articles, sources } = await publishedArticles(sampleReleases('https://images.example/a.jpg'));
  const announcements = new MemoryAnnouncements();
  await announcements.create(seedRelaunch());
  const newest = await articles.listNewest('alle', 20);
  articlePaths = (await articles.getMany(newest.map(({ articleId }) => articleId))).map(articlePath);
  return { articles, sources, announcements };
})();

let site: Awaited<ReturnType<typeof aSite>>;
const consoles = ['log', 'info', 'warn', 'error'] as const;
const said: string[] = [];
beforeAll(async () => {
  site = await aSite();
  for (const name of consoles) {
    jest
      .spyOn(console, name)
      .mockImplementation((...line: unknown[]) => void said.push(line.map(String).join(' ')));
  }
});
afterAll(() => jest.restoreAllMocks());

/** What is wrong with an answer, whatever was asked. */
function wrongWith(
  answer: Awaited<ReturnType<typeof site.handler>>,
  asked: APIGatewayProxyEventV2,
): string[] {
  const wrong: string[] = [];
  const { statusCode = 0, body: text = '' } = answer;
  const get = (name: string): string => {
    const entry = Object.entries(answer.headers ?? {}).find(([key]) => key.toLowerCase() === name);
    return entry === undefined ? '' : String(entry[1]);
  };
  if (statusCode < 200 || statusCode >= 500) wrong.push(`status ${statusCode}`);
  // Escaped, the characters behind the letters are gone.
  if (/zq[<"'\r\n]|zq-->|zq\]\]>/.test(text))
    wrong.push(`reflects ${/.{0,20}zq[<"'\r\n\-\]].{0,20}/s.exec(text)?.[0] ?? ''}`);
  if (text.includes('evil.example') && /(?:href|src|action)="[^"]*evil\.example/.test(text))
    wrong.push('links elsewhere');
  if (get('set-cookie') !== '' || answer.cookies !== undefined) wrong.push('sets a cookie');
  const location = get('location');
  if (location !== '') {
    const target = new URL(location, origin + asked.rawPath.replace(/^\/+/, '/'));
    if (target.origin !== origin || !/^\/(?![/\\])/.test(location)) wrong.push(`redirects to ${location}`);
    if (/[^\x21-\x7e]/.test(location)) wrong.push(`has ${JSON.stringify(location)} for a location`);
  }
  if (!get('content-security-policy').includes("default-src 'none'"))
    wrong.push('has no content security policy');
  if (get('x-content-type-options') !== 'nosniff') wrong.push('may be sniffed');
  if (get('x-frame-options') !== 'DENY') wrong.push('may be framed');
  if (get('referrer-policy') === '') wrong.push('has no referrer policy');
  if (get('access-control-allow-credentials') !== '') wrong.push('shares credentials');
  if (statusCode >= 300 && statusCode < 400 && location === '' && statusCode !== 304)
    wrong.push('leads nowhere');
  return wrong;
}

/** Nothing that anyone says, here or there, names a person or lets anyone in. */
function expectSilence(logged: readonly string[]): void {
  const everything = [...logged, ...said].join('\n');
  expect(everything).not.toContain('a page failed');
  expect(everything).not.toContain(address);
  for (const token of [...sound, ...stale, ...foreign]) expect(everything).not.toContain(token.slice(3, 30));
}

test(`${requests} requests of any kind: no fault, no reflection, no way out, nothing changed, nothing said`, async () => {
  const before = await site.state();
  await fc.assert(
    fc.asyncProperty(eventOf(path, fieldsWith(brokenToken)), async (asked) => {
      const answer = await site.handler(asked);
      expect(wrongWith(answer, asked)).toEqual([]);
      // No token in it opens anything, so nobody's data is shown or changed.
      expect(answer.body).not.toContain(sid);
      expect(await site.state()).toBe(before);
    }),
    { seed, numRuns: requests },
  );
  expect(site.mails.drain()).toEqual([]);
  expectSilence(site.logged);
});

test('whoever has a token: the same, and only a POST changes anything', async () => {
  const forms = fc.constantFrom(
    '/anmeldung',
    '/bestaetigung',
    '/einstellungen',
    '/abmeldung',
    '/datenauskunft',
  );
  await fc.assert(
    fc.asyncProperty(eventOf(forms, fieldsWith(fc.constantFrom(...sound))), async (asked) => {
      const one = await aSite();
      const before = await one.state();
      const answer = await one.handler(asked);
      expect(wrongWith(answer, asked)).toEqual([]);
      expect(answer.headers?.['cache-control']).toBe('no-store');
      if (asked.requestContext.http.method !== 'POST') {
        expect(await one.state()).toBe(before);
        expect(one.mails.drain()).toEqual([]);
      }
      expectSilence(one.logged);
    }),
    { seed, numRuns: Math.ceil(requests / 5) },
  );
});
