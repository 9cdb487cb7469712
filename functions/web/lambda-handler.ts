import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Hono } from 'hono';

/** For what never reaches the application, the headers that its pages carry; the edge adds HSTS. */
const bareHeaders = {
  'content-type': 'text/plain; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/**
 * An application as the HTTP API invokes it (payload format 2.0).
 *
 * Not Hono's own adapter: that one throws on a GET with a body and on TRACE, and writes the address that it failed on,
 * with the token in it, to the log.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const lambdaHandler =
  (app: Pick<Hono, 'fetch'>) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const request = requestOf(event);
    if (request === undefined) {
      return { statusCode: 400, headers: bareHeaders, body: 'Das ist keine Anfrage, die wir verstehen.\n' };
    }
    const response = await app.fetch(request, { event });
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  };

/** @returns `undefined` for methods, headers and addresses that the Fetch standard knows no request of */
function requestOf(event: APIGatewayProxyEventV2): Request | undefined {
  const { rawPath, rawQueryString, headers, body, isBase64Encoded, requestContext } = event;
  const { method } = requestContext.http;
  const query = rawQueryString === '' ? '' : `?${rawQueryString}`;
  // What a GET carries beside its address means nothing (RFC 9110 § 9.3.1).
  const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
  try {
    return new Request(`https://${requestContext.domainName}${rawPath}${query}`, {
      method,
      headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, latin1Of(value)]],
      ),
      ...(hasBody && { body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }),
    });
  } catch {
    return undefined;
  }
}

/** Header values are bytes (RFC 9110 § 5.5), which the API hands on as if they were UTF-8. */
const latin1Of = (value: string): string =>
  /^[\u0000-\u00ff]*$/.test(value) ? value : Buffer.from(value).toString('latin1'); // eslint-disable-line no-control-regex -- whatever is a byte
