import { runInNewContext } from 'node:vm';
import { feedHeadersCode } from '../../lib/edge-feed-headers.ts';

type Headers = Record<string, { value: string }>;

interface Answer {
  statusCode: number;
  headers: Headers;
  body?: { data: string };
}

const changed = 'Sun, 01 Mar 2026 08:00:00 GMT';

/**
 * Runs the function as CloudFront does: by itself, with nothing around it, on an event of its documented structure
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html).
 */
function answerTo(asked: Record<string, string>, stored: Record<string, string>, statusCode = 200): Answer {
  const event = {
    version: '1.0',
    context: {
      distributionDomainName: 'd111111abcdef8.cloudfront.net',
      distributionId: 'EDFDVBD6EXAMPLE',
      eventType: 'viewer-response',
      requestId: 'EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==',
    },
    viewer: { ip: '198.51.100.11' },
    request: {
      method: 'GET',
      uri: '/feeds/alle.rss',
      querystring: {},
      headers: headersOf(asked),
      cookies: {},
    },
    // The body of an object is not part of the event.
    response: { statusCode, statusDescription: 'OK', headers: headersOf(stored), cookies: {} },
  };
  return runInNewContext(`${feedHeadersCode}\nhandler(event)`, { event }) as Answer;
}

const headersOf = (headers: Record<string, string>): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));

const stored = {
  'last-modified': 'Mon, 02 Mar 2026 08:00:00 GMT',
  'x-amz-meta-last-modified': changed,
  'x-amz-meta-link': '<https://portal.example/feeds/alle.rss>; rel="self"',
  'x-amz-meta-sha256': 'abc',
};

test('sends metadata of a feed as its headers', () => {
  const { statusCode, headers } = answerTo({}, stored);
  expect(statusCode).toBe(200);
  expect(headers).toEqual(headersOf({ 'last-modified': changed, link: stored['x-amz-meta-link'] }));
});

test('answers 304 to who has the content of that date', () => {
  const answer = answerTo({ 'if-modified-since': changed }, stored);
  expect(answer).toMatchObject({ statusCode: 304, body: { data: '' } });
  expect(answer.headers['link']?.value).toBe(stored['x-amz-meta-link']);
});

test.each([
  ['an earlier date', { 'if-modified-since': 'Sun, 01 Mar 2026 07:59:59 GMT' }],
  ['a tag that is another', { 'if-modified-since': changed, 'if-none-match': '"other"' }],
  ['no date at all', { 'if-modified-since': 'gestern' }],
])('answers in full to %s', (_name, asked) => expect(answerTo(asked, stored).statusCode).toBe(200));

test('leaves what carries no metadata as it is', () => {
  expect(answerTo({}, { location: '/feeds/alle.rss' }, 301)).toMatchObject({
    statusCode: 301,
    headers: { location: { value: '/feeds/alle.rss' } },
  });
});

test('keeps to what CloudFront’s JavaScript runtime 2.0 takes', () => {
  expect(Buffer.byteLength(feedHeadersCode)).toBeLessThan(10_240); // the quota for a function
  expect(feedHeadersCode).toMatch(/^function handler\(event\) \{/);
  // No modules, no code from texts, no timers, no network; `class` and destructuring are no part of it either.
  expect(feedHeadersCode).not.toMatch(
    /\b(?:require|import|export|eval|Function|setTimeout|fetch|class|await)\b/,
  );
});
