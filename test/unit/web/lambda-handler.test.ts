import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Hono } from 'hono';
import { lambdaHandler } from '../../../functions/web/lambda-handler.ts';

const app = new Hono();
app.all('/echo', async (c) =>
  c.json({
    query: c.req.query('t'),
    agent: c.req.header('user-agent') ?? '',
    body: Buffer.from(await c.req.arrayBuffer()).toString('latin1'),
  }),
);
const handler = lambdaHandler(app);

const eventOf = (method: string, rest: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 => ({
  ...{ version: '2.0', routeKey: '$default', rawPath: '/echo', rawQueryString: 't=secret' },
  headers: {},
  requestContext: {
    ...{ accountId: '0', apiId: 'api', domainName: 'portal.example', domainPrefix: 'portal' },
    http: { method, path: '/echo', protocol: 'HTTP/1.1', sourceIp: '203.0.113.77', userAgent: '' },
    ...{ requestId: 'r', routeKey: '$default', stage: '$default', time: '', timeEpoch: 0 },
  },
  isBase64Encoded: false,
  ...rest,
});

const echoed = async (event: APIGatewayProxyEventV2): Promise<unknown> =>
  JSON.parse((await handler(event)).body ?? '');

afterEach(() => jest.restoreAllMocks());

test('bodies come as text and as base64', async () => {
  expect(await echoed(eventOf('POST', { body: 'ä' }))).toMatchObject({ body: 'Ã¤', query: 'secret' });
  const bytes = Buffer.from([0, 255]).toString('base64');
  expect(await echoed(eventOf('POST', { body: bytes, isBase64Encoded: true }))).toMatchObject({
    body: '\0ÿ',
  });
});

test('a GET with a body is a GET', async () => {
  expect(await echoed(eventOf('GET', { body: 'a=b' }))).toMatchObject({ body: '', query: 'secret' });
});

test('a header may hold any byte', async () => {
  const agent = 'Größe ☃';
  const answer = (await echoed(eventOf('GET', { headers: { 'user-agent': agent } }))) as { agent: string };
  expect(Buffer.from(answer.agent, 'latin1').toString()).toBe(agent);
});

test.each(['TRACE', 'CONNECT'])(
  '%s is refused with the headers of every answer, and nothing is said',
  async (method) => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await handler(eventOf(method))).toMatchObject({
      statusCode: 400,
      headers: {
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
      },
    });
    expect(error).not.toHaveBeenCalled();
  },
);
