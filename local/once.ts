import { topics } from '../config/topics.ts';
import { DynamoDbAnnouncements } from '../functions/announcements/dynamodb-announcements.ts';
import { DynamoDbArticles } from '../functions/articles/dynamodb-articles.ts';
import { documentClient } from '../functions/platform/aws-clients.ts';
import { systemClock } from '../functions/platform/time.ts';
import { DynamoDbRuns } from '../functions/runs/dynamodb-runs.ts';
import { beginDigests } from './demo/digests.ts';
import { tableNames } from './environment.ts';
import type { Host } from './host.ts';
import { readArticles, readDeliveries } from './stores.ts';

export interface Figures {
  sources: { polled: number; failed: number };
  articles: { stored: number; published: number; held: number };
  feeds: { written: number };
  mails: { accepted: number; failed: number };
  /** Since the process began. */
  ms: number;
}

export interface Cycle {
  figures: Figures;
  /** What the stores say otherwise than was to be expected; empty when all of it agrees. */
  disagreements: string[];
}

const settleMs = 60_000;
/** Runs close on a tick after their last mail; more ticks than these would not help. */
const maxTicks = 5;

/** Runs one cycle, and reads back from the stores what came of it. */
export async function runOnce(host: Host): Promise<Cycle> {
  const stores = openStores();
  const before = await snapshot(host, stores);
  await runCycle(host, stores);
  return compare(host, before, await snapshot(host, stores));
}

/** Every source polled, what is due published and syndicated, what digests are due sent, and their runs closed. */
export async function runCycle(host: Host, { runs, articles }: Stores): Promise<void> {
  const sources = (await host.registry.list()).filter(({ source }) => source.active);
  host.poll(sources.map(({ source }) => source.id));
  await host.settle(settleMs);
  // Only now, so that the first digest has something in it.
  await beginDigests(runs, articles, systemClock);
  for (let ticks = 0; ticks < maxTicks; ticks++) {
    await host.tick();
    await host.settle(settleMs);
    if ((await runs.listOpen()).length === 0) return;
  }
}

export type Stores = ReturnType<typeof openStores>;

export function openStores() {
  const client = documentClient();
  return {
    client,
    runs: new DynamoDbRuns(client, tableNames, systemClock),
    articles: new DynamoDbArticles(client, tableNames.content),
    announcements: new DynamoDbAnnouncements(client, tableNames.content),
  };
}

type Snapshot = Awaited<ReturnType<typeof snapshot>>;

/** What the stores hold: the tables, the feeds as files, the ledger and the outbox. */
async function snapshot(host: Host, { client, runs, articles }: Stores) {
  return {
    openRuns: await runs.listOpen(),
    sources: await host.registry.list(),
    articles: await readArticles(client),
    lastNumber: await articles.lastNumber(),
    feeds: new Map(
      host.feeds.keys('feeds/').map((key) => {
        const object = host.feeds.get(key);
        return [key, `${object?.etag ?? ''} ${object?.lastModified.getTime() ?? 0}`];
      }),
    ),
    deliveries: await readDeliveries(client),
    mails: host.outbox.list().filter(({ tags }) => tags.run !== undefined),
  };
}

function compare(host: Host, before: Snapshot, after: Snapshot): Cycle {
  const polledAt = new Map(before.sources.map(({ source, state }) => [source.id, state]));
  const active = after.sources.filter(({ source }) => source.active);
  const failed = active.filter(
    ({ source, state }) => state.failures > (polledAt.get(source.id)?.failures ?? 0),
  );
  const polled = active.filter(
    ({ source, state }) =>
      failed.some((other) => other.source.id === source.id) ||
      state.lastSuccessAt !== polledAt.get(source.id)?.lastSuccessAt,
  );
  const fresh = after.articles.filter(({ publication = 0 }) => publication > before.lastNumber);
  const written = [...after.feeds]
    .filter(([key, version]) => before.feeds.get(key) !== version)
    .map(([key]) => key);
  const count = ({ deliveries }: Snapshot, state: string): number =>
    deliveries.filter((delivery) => delivery.state === state).length;
  const figures: Figures = {
    sources: { polled: polled.length, failed: failed.length },
    articles: {
      stored: after.articles.length - before.articles.length,
      published: fresh.length,
      held: after.articles.filter(({ status }) => status === 'held').length,
    },
    feeds: { written: written.length },
    mails: {
      accepted: count(after, 'accepted') - count(before, 'accepted'),
      failed: count(after, 'failed') - count(before, 'failed'),
    },
    ms: Math.round(performance.now()),
  };

  const disagreements: string[] = [];
  const expect = (what: string, is: number, expected: number): void => {
    if (is !== expected) disagreements.push(`${what}: ${is}, expected ${expected}`);
  };
  expect('sources polled', polled.length, active.length);
  const stored = new Set(after.articles.flatMap(({ origins }) => origins.map(({ link }) => link)));
  const missing = host.ministries.pages().filter((page) => !stored.has(page));
  expect('releases of the ministries that are no article', missing.length, 0);
  expect('publication numbers given', after.lastNumber - before.lastNumber, fresh.length);
  const changed = new Set(fresh.flatMap((article) => ['alle', ...article.topics]));
  const due = ['alle', ...topics.map(({ slug }) => slug)]
    .filter((slug) => changed.has(slug))
    .flatMap((slug) => ['rss', 'atom', 'json'].map((ending) => `feeds/${slug}.${ending}`));
  const stale = due.filter((key) => !written.includes(key));
  if (stale.length > 0)
    disagreements.push(`feeds not written although their topics have news: ${stale.join(', ')}`);
  if (fresh.length === 0 && before.feeds.size > 0) expect('feeds written without news', written.length, 0);
  expect('mails in the outbox', after.mails.length - before.mails.length, figures.mails.accepted);
  const people = after.mails.map(({ tags }) => `${tags.run ?? ''} ${tags.sid ?? ''}`);
  expect('mails that someone got twice', people.length - new Set(people).size, 0);
  for (const state of ['claimed', 'refused', 'unknown'])
    expect(`deliveries ${state}`, count(after, state), 0);
  expect('runs still open', after.openRuns.length, 0);
  return { figures, disagreements };
}
