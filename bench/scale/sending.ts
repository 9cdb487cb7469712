import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import type { Mailer, OutgoingMail, SendOutcome, SendQuota } from '../../functions/mail/mailer.ts';
import { deliverBatch, type DeliverParts } from '../../functions/notify/deliver.ts';
import { EditionShelf } from '../../functions/notify/editions.ts';
import { handlePlan, type PlanParts } from '../../functions/notify/plan.ts';
import { MemoryObjectStore } from '../../functions/platform/memory-object-store.ts';
import { MemoryQueue } from '../../functions/platform/memory-queue.ts';
import { isoMillis, systemClock } from '../../functions/platform/time.ts';
import type { Claim, Delivery, DeliveryLedger } from '../../functions/runs/delivery-ledger.ts';
import { DynamoDbDeliveries } from '../../functions/runs/dynamodb-deliveries.ts';
import { DynamoDbPace } from '../../functions/runs/dynamodb-pace.ts';
import { DynamoDbRuns } from '../../functions/runs/dynamodb-runs.ts';
import { MemoryDeliveries } from '../../functions/runs/memory-deliveries.ts';
import { MemoryPace } from '../../functions/runs/memory-pace.ts';
import { MemoryRuns } from '../../functions/runs/memory-runs.ts';
import type { PaceStore } from '../../functions/runs/pace.ts';
import type { DeliverMessage, PlanMessage, Run } from '../../functions/runs/run.ts';
import type { RunStore } from '../../functions/runs/run-store.ts';
import { DynamoDbSubscriberStore } from '../../functions/subscribers/dynamodb-subscriber-store.ts';
import { MemorySubscriberStore } from '../../functions/subscribers/memory-subscriber-store.ts';
import type { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import type { Subscriber } from '../../functions/subscribers/subscriber.ts';
import { keyring } from '../../test/support/dispatch/world.ts';
import { cpuMs } from './growth.ts';
import { articleAt, indexOf, perDay, shards, subscriberAt } from './portal-at-scale.ts';

/** Workers of the deliver queue (`config/queues.ts`); here they share one process. */
const workers = 4;

/** What sending to everyone took, from the first mail to the last. */
export interface SendingTook {
  mails: number;
  seconds: number;
  /** On this process's processor, in milliseconds. */
  cpuMs: number;
  /** Resident at its peak, in MiB. */
  peakMiB: number;
}

/** SES that takes every mail at once. */
class InstantSes implements Mailer {
  mails = 0;
  bytes = 0;
  async send({ raw, tags }: OutgoingMail): Promise<SendOutcome> {
    await Promise.resolve();
    this.mails += 1;
    this.bytes += raw.length;
    // As long as SES's own.
    return { outcome: 'accepted', messageId: `0107019a${tags['sid'] ?? ''}-1c2d-4e5f-8a9b-000000` };
  }
  async quota(): Promise<SendQuota> {
    await Promise.resolve();
    return { maxPerSecond: 1_000_000, maxPer24Hours: 100_000_000, sentLast24Hours: 0 };
  }
}

/** Subscribers that are made when they are read. */
class MadeSubscribers extends MemorySubscriberStore {
  readonly #size: number;
  constructor(size: number) {
    super(shards);
    this.#size = size;
  }
  override async getMany(sids: readonly string[]): Promise<Subscriber[]> {
    await Promise.resolve();
    return sids.map((sid) => subscriberAt(indexOf(sid)));
  }
  override async *listShard(shard: number): AsyncIterable<Subscriber[]> {
    for (let start = shard; start < this.#size; start += shards * 500) {
      await Promise.resolve();
      yield Array.from({ length: 500 }, (_, index) => start + index * shards)
        .filter((index) => index < this.#size)
        .map(subscriberAt);
    }
  }
}

/** Keeps who was claimed, and no more: a million whole rows would measure the garbage collector. */
class ClaimsOnly extends MemoryDeliveries {
  readonly #claimed = new Set<string>();
  override async claim(claim: Claim): Promise<'claimed' | Delivery> {
    await Promise.resolve();
    if (this.#claimed.has(claim.sid)) return { ...claim, state: 'accepted' };
    this.#claimed.add(claim.sid);
    return 'claimed';
  }
  override async record(): Promise<void> {
    // Not kept.
  }
}

interface Stores {
  runs: RunStore;
  deliveries: DeliveryLedger;
  paces: PaceStore;
  subscribers: SubscriberStore;
}

/** To `size` subscribers, with all stores in memory. */
export const sendInMemory = (size: number): Promise<SendingTook> =>
  send({
    runs: new MemoryRuns(),
    deliveries: new ClaimsOnly(),
    paces: new MemoryPace(),
    subscribers: new MadeSubscribers(size),
  });

/** To the subscribers of a table, over the adapters of the deployment. */
export function sendOverDynamoDb(
  client: DynamoDBDocumentClient,
  tables: { content: string; dispatch: string; subscribers: string },
): Promise<SendingTook> {
  return send({
    runs: new DynamoDbRuns(client, tables, systemClock),
    deliveries: new DynamoDbDeliveries(client, tables.dispatch, systemClock),
    paces: new DynamoDbPace(client, tables.dispatch),
    subscribers: new DynamoDbSubscriberStore(client, tables.subscribers, shards),
  });
}

async function send(stores: Stores): Promise<SendingTook> {
  const articles = new MemoryArticles();
  for (let number = 1; number <= perDay; number++) {
    const article = articleAt(number);
    await articles.insert({ ...article, status: 'held' }, { linkIdentifies: true });
    await articles.publish(article.id, article.publishedAt ?? '');
  }
  const ses = new InstantSes();
  const plan = new MemoryQueue<PlanMessage>();
  const deliver = new MemoryQueue<DeliverMessage>();
  const announcements = { audience: never, edition: never };
  const shared = { ...stores, articles, announcements, isAllowed: () => true, mailer: ses };
  const planParts: PlanParts = { ...shared, plan, deliver, clock: systemClock };
  const deliverParts: DeliverParts = {
    ...shared,
    ...{ deliver, clock: systemClock },
    keyring: { load: () => Promise.resolve(keyring) },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    editions: new EditionShelf({
      articles,
      announcements,
      archive: new MemoryObjectStore(),
      sender: { address: 'newsletter@portal.example', baseUrl: new URL('https://portal.example') },
    }),
  };
  const now = systemClock.now();
  const run: Run = {
    id: 'digest-daily-scale',
    kind: 'digest',
    cadence: 'daily',
    fromNumber: 0,
    toNumber: perDay,
    slot: isoMillis(now),
    createdAt: isoMillis(now),
    deadline: isoMillis(now.add({ hours: 24 })),
    state: 'planning',
    shards,
    version: 1,
  };
  await stores.runs.create(run);
  for (let shard = 0; shard < shards; shard++) {
    await handlePlan(planParts, { runId: run.id, shard, step: 'plan' });
  }
  for (const message of plan.drain()) await handlePlan(planParts, message);
  const messages = deliver
    .drain()
    .map(({ runId, shard, attempt, batch }) => ({ runId, shard, attempt, batch }));

  const until = now.add({ hours: 24 });
  const began = performance.now();
  const beganCpu = cpuMs();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let message = messages[next++]; message !== undefined; message = messages[next++]) {
      const outcome = await deliverBatch(deliverParts, message, until);
      if (outcome !== 'finished') throw new Error(`Batch ${message.batch} is ${outcome}`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const seconds = (performance.now() - began) / 1000;
  const manifests = await stores.runs.listManifests(run.id);
  const planned = manifests.reduce((sum, { mails }) => sum + mails, 0);
  if (ses.mails !== planned) throw new Error(`${ses.mails} of ${planned} mails were sent`);
  return {
    mails: ses.mails,
    seconds,
    cpuMs: cpuMs() - beganCpu,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}

const never = (): Promise<never> => Promise.reject(new Error('There are no announcements here'));
