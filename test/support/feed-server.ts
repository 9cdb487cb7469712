import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real HTTP server on loopback whose answer a test sets. */
export interface FeedServer {
  /** `http://127.0.0.1:port` */
  origin: string;
  /** `127.0.0.1:port`, for the allow-list. */
  host: string;
  requests: IncomingMessage[];
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  stop: () => Promise<void>;
}

export async function startFeedServer(): Promise<FeedServer> {
  const server = createServer((request, response) => {
    feeds.requests.push(request);
    feeds.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const feeds: FeedServer = {
    origin: `http://${host}`,
    host,
    requests: [],
    answer: (_request, response) => response.writeHead(404).end(),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return feeds;
}
