import { sourceSchema } from '../../../config/sources.schema.ts';
import type { AnnouncementStore } from '../../../functions/announcements/announcement-store.ts';
import { freezeAt } from '../../../functions/announcements/freeze.ts';
import { AnnouncementMails } from '../../../functions/announcements/mail/announcement-mails.ts';
import { MemoryAnnouncements } from '../../../functions/announcements/memory-announcements.ts';
import { MemoryStatusChanges } from '../../../functions/announcements/memory-status-changes.ts';
import type { StatusChange, StatusChangeStore } from '../../../functions/announcements/status-change.ts';
import type { PressRelease } from '../../../functions/articles/article.ts';
import type { ArticleStore, PublicationLog } from '../../../functions/articles/article-store.ts';
import { fileRelease } from '../../../functions/articles/file-release.ts';
import { MemoryArticles } from '../../../functions/articles/memory-articles.ts';
import { tick, type ClockParts } from '../../../functions/clock/tick.ts';
import { MemoryMailer } from '../../../functions/mail/memory-mailer.ts';
import { deliverBatch, type DeliverParts } from '../../../functions/notify/deliver.ts';
import { EditionShelf } from '../../../functions/notify/editions.ts';
import { handlePlan, type PlanParts } from '../../../functions/notify/plan.ts';
import { MemoryObjectStore } from '../../../functions/platform/memory-object-store.ts';
import { MemoryQueue } from '../../../functions/platform/memory-queue.ts';
import { Temporal, type Clock } from '../../../functions/platform/time.ts';
import type { DeliveryLedger } from '../../../functions/runs/delivery-ledger.ts';
import { MemoryDeliveries } from '../../../functions/runs/memory-deliveries.ts';
import { MemoryPace } from '../../../functions/runs/memory-pace.ts';
import { MemoryRuns } from '../../../functions/runs/memory-runs.ts';
import type { PaceStore } from '../../../functions/runs/pace.ts';
import type { DeliverMessage, PlanMessage } from '../../../functions/runs/run.ts';
import type { RunStore } from '../../../functions/runs/run-store.ts';
import { MemorySources } from '../../../functions/sources/memory-sources.ts';
import { MemorySubscriberStore } from '../../../functions/subscribers/memory-subscriber-store.ts';
import type { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import type { Subscriber } from '../../../functions/subscribers/subscriber.ts';
import { syndicate } from '../../../functions/syndicate/syndicate.ts';
import { aRelease } from '../articles.ts';
import { aSubscriber, changeTo, testPepper } from '../subscribers.ts';

const shardCount = 2;
const baseUrl = new URL('https://portal.example');
const sender = { address: 'post@portal.example', baseUrl };
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** What a portal's state is kept in; in memory unless others are given. */
export interface PortalStores {
  articles: ArticleStore & PublicationLog;
  announcements: AnnouncementStore;
  statusChanges: StatusChangeStore;
  subscribers: SubscriberStore;
  runs: RunStore;
  deliveries: DeliveryLedger;
  paces: PaceStore;
}

/** A portal's verbs on one clock that tests move: ingest's filing, the clock, notify, syndicate. */
export class PortalInTime implements Clock {
  readonly stores: PortalStores;
  readonly mailer = new MemoryMailer();
  readonly feeds = new MemoryObjectStore();
  /** What the CMS was told, in order. */
  readonly toldCms: StatusChange[] = [];
  readonly #sources = new MemorySources();
  readonly #plans = new MemoryQueue<PlanMessage>();
  readonly #deliveries = new MemoryQueue<DeliverMessage>();
  readonly #clock: ClockParts;
  readonly #plan: PlanParts;
  readonly #deliver: DeliverParts;
  #now: Temporal.Instant;

  constructor(at: string, stores: (clock: Clock) => Partial<PortalStores> = () => ({})) {
    this.#now = Temporal.Instant.from(at);
    this.stores = {
      articles: new MemoryArticles(),
      announcements: new MemoryAnnouncements(),
      statusChanges: new MemoryStatusChanges(),
      subscribers: new MemorySubscriberStore(shardCount),
      runs: new MemoryRuns(),
      deliveries: new MemoryDeliveries(),
      paces: new MemoryPace(),
      ...stores(this),
    };
    const announcements = new AnnouncementMails({ ...this.stores, clock: this, baseUrl });
    const notify = {
      ...this.stores,
      announcements,
      isAllowed: () => true,
      mailer: this.mailer,
      clock: this,
      deliver: this.#deliveries,
    };
    this.#plan = { ...notify, plan: this.#plans };
    this.#deliver = {
      ...notify,
      editions: new EditionShelf({
        articles: this.stores.articles,
        announcements,
        archive: new MemoryObjectStore(),
        sender,
      }),
      keyring: {
        load: async () => ({
          pepper: testPepper,
          tokenKeys: new Map([['k1', Buffer.alloc(32, 7)]]),
          currentKey: 'k1',
        }),
      },
      sleep: async (ms) => {
        this.#now = this.#now.add({ milliseconds: Math.ceil(ms) });
      },
    };
    this.#clock = {
      ...this.stores,
      sources: this.#sources,
      ingest: new MemoryQueue(),
      plan: this.#plans,
      shardCount,
      log: silent,
      cms: {
        tell: async (change) => {
          this.toldCms.push(change);
          return { delivered: true, outcome: 'HTTP 204' };
        },
      },
    };
  }

  now(): Temporal.Instant {
    return this.#now;
  }

  /** Defines the two sources that releases come from: one that a freeze holds, and one that is exempt. */
  async start(): Promise<void> {
    const source = (id: string, duringFreeze: 'hold' | 'publish') =>
      sourceSchema.parse({
        id,
        issuer: 'Ministerium',
        url: `https://${id}.example/feed`,
        duringFreeze,
        active: false,
      });
    await this.#sources.define(
      [source('ministry', 'hold'), source('exempt', 'publish')],
      this.#now.toString(),
    );
  }

  /** A release arrives at a moment, in a feed with others. */
  async release(guid: string, changes: Partial<PressRelease> = {}): Promise<string> {
    const { articles, announcements } = this.stores;
    const release = aRelease({ guid, headline: guid, sourceDate: this.#now.toString(), ...changes });
    const registered = await this.#sources.get(release.sourceId);
    if (registered === undefined) throw new Error(`no source ${release.sourceId}`);
    const filed = await fileRelease(articles, release, {
      at: this.#now,
      source: registered.source,
      frozen: freezeAt(await announcements.list(), this.#now) !== undefined,
      firstPoll: false,
      filing: (await articles.findByGuids(release.sourceId, [guid])).get(guid),
      linkIdentifies: true,
    });
    return filed.articleId;
  }

  async subscribe(address: string, changes: Partial<Subscriber> = {}): Promise<Subscriber> {
    const subscriber = aSubscriber(address, changes);
    await this.stores.subscribers.put(changeTo(subscriber));
    return subscriber;
  }

  async change(subscriber: Subscriber, changes: Partial<Subscriber>): Promise<void> {
    await this.stores.subscribers.put(
      changeTo({ ...subscriber, ...changes, version: subscriber.version + 1 }),
    );
  }

  /** Time passes without a tick. */
  waitUntil(moment: Temporal.Instant): void {
    if (Temporal.Instant.compare(moment, this.#now) > 0) this.#now = moment;
  }

  /** The clock ticks once at a moment, and everything that it sets going is done. */
  async tickAt(at: Temporal.Instant | string): Promise<void> {
    this.waitUntil(Temporal.Instant.from(at));
    await tick(this.#clock, this.#now);
    for (;;) {
      const plans = this.#plans.drain();
      const deliveries = this.#deliveries.drain();
      if (plans.length + deliveries.length === 0) break;
      await handleAll(this.#plans, plans, (message) => handlePlan(this.#plan, message));
      const until = this.#now.add({ hours: 1 });
      await handleAll(this.#deliveries, deliveries, (message) => deliverBatch(this.#deliver, message, until));
    }
  }

  /** Brings every feed in line with what is stored, as the stream of the table would. */
  async syndicate(): Promise<void> {
    await syndicate(
      { ...this.stores, sources: this.#sources, objects: this.feeds, baseUrl, log: silent },
      { topics: new Map(), everyFeed: true },
    );
  }

  async feed(name: string): Promise<string> {
    return Buffer.from((await this.feeds.get(`feeds/${name}`))?.body ?? []).toString();
  }

  /** Runs that wrote to someone, oldest first: `digest-daily-2022-05-23`, `announcement-…-freeze`. */
  runsTo(subscriber: Subscriber): string[] {
    return this.mailer.sentTo(subscriber.address).map(({ tags }) => tags['run'] ?? '');
  }
}

/** Handles messages; what was not handled when one fails is received again. */
async function handleAll<M>(
  queue: MemoryQueue<M>,
  messages: M[],
  handle: (message: M) => Promise<unknown>,
): Promise<void> {
  for (let next = messages.shift(); next !== undefined; next = messages.shift()) {
    try {
      await handle(next);
    } catch (error) {
      await queue.send([next, ...messages]);
      throw error;
    }
  }
}
