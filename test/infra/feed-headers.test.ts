import { runInNewContext } from 'node:vm';
import { feedHeadersCode } from '../../lib/edge-feed-headers.ts';

type Headers = Record<string, { value: string }>;

interface Answer {
  statusCode: number;
  headers: Headers;
  body?: { data: string };
}

const changed = 'Sun, 01 Mar 2026 08:00:00 GMT';

/** Runs the function as CloudFront does: by itself, with nothing around it. */
function answerTo(asked: Record<string, string>, stored: Record<string, string>, statusCode = 200): Answer {
  const event = {
    request: { headers: headersOf(asked) },
    response: { statusCode, headers: headersOf(stored) },
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
  expect(answerTo({}, { location: '/feeds/alle.rss' }, 301)).toEqual({
    statusCode: 301,
    headers: { location: { value: '/feeds/alle.rss' } },
  });
});
