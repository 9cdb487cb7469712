import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FeedWorkshop } from '../../support/feeds.ts';

/** A hub that answers with these statuses in turn, and keeps what it was told. */
async function aHub(...statuses: number[]) {
  const told: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      told.push(new URLSearchParams(body));
      response.writeHead(statuses[told.length - 1] ?? 202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, told, close: () => server.close() };
}

async function publishTo(hub: string) {
  const workshop = await FeedWorkshop.make();
  workshop.parts.hub = hub;
  await workshop.publish({ topics: ['familie'] });
  await workshop.deliver();
  return workshop;
}

test('a hub is told of every changed feed in one request, and again when it fails', async () => {
  const hub = await aHub(503, 202);
  await publishTo(hub.url);
  hub.close();
  expect(hub.told).toHaveLength(2);
  expect(hub.told[1]?.get('hub.mode')).toBe('publish');
  expect(hub.told[1]?.getAll('hub.url').toSorted()).toEqual(
    ['alle', 'familie'].flatMap((slug) =>
      ['atom', 'json', 'rss'].map((end) => `https://portal.example/feeds/${slug}.${end}`),
    ),
  );
});

test('a hub that is away holds nothing up', async () => {
  const hub = await aHub();
  hub.close();
  const workshop = await publishTo(hub.url);
  expect(await workshop.text('feeds/familie.rss')).toContain(`rel="hub" href="${hub.url}"`);
});
