import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listenOn } from '../listen.ts';

export interface AwsRequest {
  method: string;
  /** Below the service's own prefix, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface AwsResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** One AWS service as this machine plays it. */
export type AwsService = (request: AwsRequest) => AwsResponse | Promise<AwsResponse>;

/** What a service answers to a wrong call; each service words it in its own protocol. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/**
 * Serves the services on loopback, each below `/<name>`, so that `AWS_ENDPOINT_URL_<SERVICE>` can lead to it.
 *
 * Credentials and signatures are not looked at: whoever reaches this port may do all.
 */
export async function serveAws(
  services: Readonly<Record<string, AwsService>>,
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    answer(services, request, response).catch((error: unknown) => {
      // A fault of ours, not a wrong call: SDK clients try again on a 500, and the log says what it was.
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const port = await listenOn(server, 0);
  return { url: `http://127.0.0.1:${port}`, server };
}

async function answer(
  services: Readonly<Record<string, AwsService>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Not by way of URL: it would resolve dots in the keys of S3 objects.
  const [target = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const [, name = '', path = '/'] = /^\/([^/]+)(\/.*)?$/.exec(target) ?? [];
  const service = services[name];
  const result =
    service === undefined
      ? { status: 404, body: `No service at ${target}` }
      : await service({
          method: request.method ?? 'GET',
          path,
          query: new URLSearchParams(query),
          headers: flat(request),
          body: await bodyOf(request),
        });
  response.writeHead(result.status, result.headers);
  response.end(request.method === 'HEAD' ? undefined : result.body);
}

const flat = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** For text between tags and in attributes. */
export const xmlText = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
