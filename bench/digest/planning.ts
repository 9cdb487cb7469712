import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { topics } from '../../config/topics.ts';
import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import { planShard } from '../../functions/notify/plan-shard.ts';
import { Temporal } from '../../functions/platform/time.ts';
import { MemoryDeliveries } from '../../functions/runs/memory-deliveries.ts';
import { MemoryRuns } from '../../functions/runs/memory-runs.ts';
import type { Run } from '../../functions/runs/run.ts';
import { MemorySubscriberStore } from '../../functions/subscribers/memory-subscriber-store.ts';
import type { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { anArticle } from '../../test/support/articles.ts';
import type { Figure } from '../run.ts';
import { median } from './median.ts';

const sizes = [10_000, 100_000, 1_000_000] as const;
const shards = 16;
const now = Temporal.Instant.from('2026-11-24T06:00:00Z');

/** Keeps manifests only: what is measured is the planner, not a store in its memory. */
class CountingRuns extends MemoryRuns {
  override async putBatches(): Promise<void> {
    // Not kept.
  }
}

/** Subscribers that are made while they are read, as pages of a query come in. */
class MadeSubscribers extends MemorySubscriberStore {
  readonly #size: number;
  constructor(size: number) {
    super(shards);
    this.#size = size;
  }
  override async *listShard(shard: number): AsyncIterable<Subscriber[]> {
    for (let start = shard; start < this.#size; start += shards * 500) {
      await Promise.resolve();
      yield Array.from({ length: 500 }, (_, index) => start + index * shards)
        .filter((index) => index < this.#size)
        .map(made);
    }
  }
}

function made(index: number): Subscriber {
  // Any string of the length: hashing here would be most of what is measured, and fill the heap besides.
  const sid = String(index).padStart(26, 'a');
  const chosen = topics
    .filter((_, topic) => ((index * 2654435761) >>> 8) & (1 << topic))
    .map(({ slug }) => slug);
  return {
    sid,
    address: `leser${index}@mail.example`,
    state: 'confirmed',
    subscriptions: [{ cadence: 'daily', topics: index % 5 === 0 ? 'alle' : chosen, since: 0 }],
    announcements: true,
    requestedAt: '2026-04-01T06:00:00.000Z',
    version: 1,
  };
}

/**
 * A run of each size, planned shard by shard; five rounds, interleaved. In a process of its own, with the heap of a
 * function of 256 MB, as V8 would else let garbage lie.
 */
export async function planning(): Promise<Figure[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=100',
    '--max-semi-space-size=8',
    '--import',
    'tsx',
    '--eval',
    `import(${JSON.stringify(import.meta.url)}).then(async (bench) => console.log(JSON.stringify(await bench.measure())))`,
  ]);
  return JSON.parse(stdout) as Figure[];
}

export async function measure(): Promise<Figure[]> {
  const articles = new MemoryArticles();
  for (const [index, { slug }] of topics.entries()) {
    const article = anArticle({ guid: `a${index}`, topics: [slug] });
    await articles.insert(article, { linkIdentifies: true });
    await articles.publish(article.id, '2026-11-24T05:00:00.000Z');
  }
  const perSubscriber = new Map<number, number[]>(sizes.map((size) => [size, []]));
  let peakBytes = 0;
  await plan(articles, 10_000); // Compiles what the others then use.
  for (let round = 0; round < 5; round++) {
    for (const size of sizes) {
      // Time on the processor: the smallest takes less than a tenth of a second, and others want the machine too.
      const times = Math.max(1, 200_000 / size);
      const begun = process.cpuUsage();
      for (let time = 0; time < times; time++) peakBytes = Math.max(peakBytes, await plan(articles, size));
      const { user, system } = process.cpuUsage(begun);
      perSubscriber.get(size)?.push((user + system) / times / size);
    }
  }
  const microseconds = sizes.map((size) => median(perSubscriber.get(size) ?? []));
  const spread = Math.max(...microseconds) / Math.min(...microseconds);
  const peak = peakBytes / 2 ** 20;
  return [
    ...sizes.map((size, index) => ({
      name: `planning, ${size} subscribers`,
      value: microseconds[index] ?? 0,
      unit: 'µs/subscriber',
    })),
    {
      name: 'slowest size against fastest',
      value: spread,
      unit: 'times',
      bar: '≤ 1.3',
      holds: spread <= 1.3,
    },
    { name: 'resident memory at its peak', value: peak, unit: 'MiB', bar: '< 256', holds: peak < 256 },
  ];
}

/** @returns resident bytes at the most */
async function plan(articles: MemoryArticles, size: number): Promise<number> {
  const parts = {
    runs: new CountingRuns(),
    deliveries: new MemoryDeliveries(),
    subscribers: new MadeSubscribers(size),
    articles,
    announcements: { audience: never, edition: never },
    isAllowed: () => true,
  };
  const run: Run = {
    id: 'digest-daily-2026-11-24',
    kind: 'digest',
    cadence: 'daily',
    fromNumber: 0,
    toNumber: topics.length,
    slot: '2026-11-24T06:00:00.000Z',
    createdAt: '2026-11-24T06:00:00.000Z',
    deadline: '2026-11-25T05:30:00.000Z',
    state: 'planning',
    shards,
    version: 1,
  };
  let peak = 0;
  let candidates = 0;
  for (let shard = 0; shard < shards; shard++) {
    candidates += (await planShard(parts, run, shard, now)).candidates;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  if (candidates !== size) throw new Error(`${candidates} of ${size} subscribers were planned`);
  return peak;
}

const never = (): Promise<never> => Promise.reject(new Error('There are no announcements here'));
