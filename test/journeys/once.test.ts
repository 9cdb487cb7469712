import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Parser from 'rss-parser';
import { topics } from '../../config/topics.ts';
import { HeroldProcess } from '../support/herold-process.ts';

jest.setTimeout(120_000);

const host = new HeroldProcess();
afterAll(() => host.remove());

test('releases become articles, feeds and mails; a second time nothing is doubled', async () => {
  const first = await host.once();
  expect(first.sources).toEqual({ polled: 5, failed: 0 });
  expect(first.articles.stored).toBeGreaterThanOrEqual(64);
  expect(first.articles).toMatchObject({ published: first.articles.stored, held: 0 });
  // Every topic has news; what has none has its feed from the start.
  expect(first.feeds.written).toBeGreaterThanOrEqual(3 * (topics.length + 1));
  expect(first.mails.accepted).toBeGreaterThanOrEqual(20);
  expect(first.mails.failed).toBe(0);

  const feeds = host.files('s3', 'herold-feeds', 'objects', 'feeds');
  expect(feeds).toEqual(
    expect.arrayContaining(['hinweise.atom', 'hinweise.json', 'hinweise.rss', 'feeds.opml']),
  );
  const all = await new Parser().parseString(
    readFileSync(join(host.data, 's3', 'herold-feeds', 'objects', 'feeds', 'alle.rss'), 'utf8'),
  );
  expect(all.items.length).toBeGreaterThanOrEqual(50);
  expect(new Set(all.items.map(({ guid }) => guid)).size).toBe(all.items.length);
  const mails = await host.mails();
  expect(mails).toHaveLength(first.mails.accepted);
  expect(new Set(mails.map(({ mail }) => mail.destinations[0])).size).toBe(mails.length);
  const readsAll = mails.find(({ mail }) => mail.destinations[0] === 'jugendamt@kreis-ostermarsch.example');
  expect(new Set(readsAll?.articles).size).toBe(first.articles.published);

  const second = await host.once();
  expect(second).toMatchObject({
    sources: { polled: 5, failed: 0 },
    articles: { stored: 0, published: 0, held: 0 },
    feeds: { written: 0 },
    mails: { accepted: 0, failed: 0 },
  });
  expect(await host.mails()).toHaveLength(mails.length);
  expect(host.files('s3', 'herold-feeds', 'objects', 'feeds')).toEqual(feeds);
});
