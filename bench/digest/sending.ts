import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import type { Mailer, OutgoingMail, SendOutcome, SendQuota } from '../../functions/mail/mailer.ts';
import { deliverBatch, type DeliverParts } from '../../functions/notify/deliver.ts';
import { EditionShelf } from '../../functions/notify/editions.ts';
import { handlePlan, type PlanParts } from '../../functions/notify/plan.ts';
import { MemoryObjectStore } from '../../functions/platform/memory-object-store.ts';
import { MemoryQueue } from '../../functions/platform/memory-queue.ts';
import { systemClock, type Clock } from '../../functions/platform/time.ts';
import type { DeliveryLedger } from '../../functions/runs/delivery-ledger.ts';
import { MemoryDeliveries } from '../../functions/runs/memory-deliveries.ts';
import { MemoryPace } from '../../functions/runs/memory-pace.ts';
import { MemoryRuns } from '../../functions/runs/memory-runs.ts';
import { bulkShare, type PaceStore } from '../../functions/runs/pace.ts';
import type { DeliverMessage, PlanMessage } from '../../functions/runs/run.ts';
import type { RunStore } from '../../functions/runs/run-store.ts';
import { settleRuns } from '../../functions/runs/settle-runs.ts';
import { startDueRuns } from '../../functions/runs/start-due-runs.ts';
import { MemorySubscriberStore } from '../../functions/subscribers/memory-subscriber-store.ts';
import type { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { topics } from '../../config/topics.ts';
import { anArticle } from '../../test/support/articles.ts';
import { busiestSecond } from '../../test/support/dispatch/busiest-second.ts';
import { keyring } from '../../test/support/dispatch/world.ts';
import { aSubscriber, changeTo } from '../../test/support/subscribers.ts';
import type { Figure } from '../run.ts';

/** Workers of the deliver queue (`config/queues.ts`). */
const workers = 4;

/** Answers in 20 ms, give or take 10, and notes when each mail came. */
class TimedSes implements Mailer {
  readonly times: number[] = [];
  readonly tags: OutgoingMail['tags'][] = [];
  readonly #perSecond: number;
  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }
  async send({ tags }: OutgoingMail): Promise<SendOutcome> {
    this.times.push(performance.now());
    this.tags.push(tags);
    await sleep(10 + Math.random() * 20);
    return { outcome: 'accepted', messageId: tags['sid'] ?? '' };
  }
  async quota(): Promise<SendQuota> {
    await Promise.resolve();
    return { maxPerSecond: this.#perSecond, maxPer24Hours: 10_000_000, sentLast24Hours: 0 };
  }
}

export interface SendingStores {
  runs: RunStore;
  deliveries: DeliveryLedger;
  paces: PaceStore;
  subscribers: SubscriberStore;
  articles: MemoryArticles;
}

export const memoryStores = (shards: number): SendingStores => ({
  runs: new MemoryRuns(),
  deliveries: new MemoryDeliveries(),
  paces: new MemoryPace(),
  subscribers: new MemorySubscriberStore(shards),
  articles: new MemoryArticles(),
});

/** What a whole run did, from planning to its certificate. */
export interface Sent {
  readers: number;
  times: number[];
  tags: OutgoingMail['tags'][];
  planMessages: number;
  deliverMessages: number;
}

/**
 * A daily run to `readers` people with real time and four workers, over given stores.
 *
 * @param ready called when subscribers and articles are there, before anything is counted
 */
export async function wholeRun(
  stores: SendingStores,
  { readers, perSecond, shards }: { readers: number; perSecond: number; shards: number },
  ready: () => void = () => undefined,
): Promise<Sent> {
  await fill(stores, readers);
  const clock: Clock = systemClock;
  const ses = new TimedSes(perSecond);
  const plan = new MemoryQueue<PlanMessage>();
  const deliver = new MemoryQueue<DeliverMessage>();
  const announcements = { audience: never, edition: never };
  const shared = { ...stores, announcements, isAllowed: () => true, mailer: ses, clock };
  const planParts: PlanParts = { ...shared, plan, deliver };
  const deliverParts: DeliverParts = {
    ...shared,
    deliver,
    keyring: { load: () => Promise.resolve(keyring) },
    sleep: (ms) => sleep(ms),
    editions: new EditionShelf({
      articles: stores.articles,
      announcements,
      archive: new MemoryObjectStore(),
      sender: { address: 'newsletter@portal.example', baseUrl: new URL('https://portal.example') },
    }),
  };
  const until = clock.now().add({ hours: 24 });
  ready();

  const sent: Sent = { readers, times: ses.times, tags: ses.tags, planMessages: 0, deliverMessages: 0 };
  const [run] = await startDueRuns({ ...planParts, shardCount: shards }, clock.now(), false);
  if (run === undefined) throw new Error('No run was due');
  for (let messages = plan.drain(); messages.length > 0; messages = plan.drain()) {
    sent.planMessages += messages.length;
    for (const message of messages) await handlePlan(planParts, message);
  }
  const work = async (): Promise<void> => {
    for (let next = deliver.sent.shift(); next !== undefined; next = deliver.sent.shift()) {
      sent.deliverMessages += 1;
      await deliverBatch(deliverParts, next.message, until);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  await settleRuns(planParts, clock.now());
  const closed = await stores.runs.get(run.id);
  if (closed?.certificate?.accepted !== readers) {
    throw new Error(`${closed?.certificate?.accepted ?? 'No'} of ${readers} mails are certified`);
  }
  return sent;
}

/** Subscribers of some 200 different choices of topics, and one article in each topic. */
async function fill(stores: SendingStores, readers: number): Promise<void> {
  const slot = '2020-01-06T06:00:00.000Z';
  const now = systemClock.now().toString({ fractionalSecondDigits: 3 });
  await stores.runs.movePointer('daily', undefined, { toNumber: 0, slot });
  for (const cadence of ['weekly', 'instant'] as const) {
    await stores.runs.movePointer(cadence, undefined, { toNumber: topics.length, slot: now });
  }
  for (const [index, { slug }] of topics.entries()) {
    const article = anArticle({ guid: `a${index}`, topics: [slug], headline: `Meldung zu ${slug}` });
    await stores.articles.insert(article, { linkIdentifies: true });
    await stores.articles.publish(article.id, now);
  }
  for (let start = 0; start < readers; start += 50) {
    await Promise.all(
      Array.from({ length: Math.min(50, readers - start) }, async (_, offset) => {
        const index = start + offset;
        const choice = 1 + (index % 200);
        const chosen = topics.filter((_topic, position) => choice & (1 << position)).map(({ slug }) => slug);
        const subscriber = aSubscriber(`leser${index}@mail.example`, {
          subscriptions: [{ cadence: 'daily', topics: chosen, since: 0 }],
        });
        await stores.subscribers.put(changeTo(subscriber));
      }),
    );
  }
}

/** A run against an SES that answers in 20 ms ± 10, at a rate of its own. */
export async function pacing(readers: number): Promise<Figure[]> {
  const perSecond = 1000;
  const allowed = perSecond * bulkShare;
  const { times } = await wholeRun(memoryStores(16), { readers, perSecond, shards: 16 });
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  const rate = times.length / seconds;
  const busiest = busiestSecond(times);
  return [
    { name: `mails of the paced run`, value: times.length, unit: 'mails' },
    {
      name: `rate held, of ${allowed} that bulk may take`,
      value: rate / allowed,
      unit: 'of it',
      bar: '0.95 to 1',
      holds: rate >= 0.95 * allowed && rate <= allowed,
    },
    {
      name: `busiest second, of ${allowed} that bulk may take`,
      value: busiest,
      unit: 'mails',
      bar: `≤ ${allowed}`,
      holds: busiest <= allowed,
    },
  ];
}

const never = (): Promise<never> => Promise.reject(new Error('There are no announcements here'));
