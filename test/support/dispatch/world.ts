import { queues } from '../../../config/queues.ts';
import { MemoryArticles } from '../../../functions/articles/memory-articles.ts';
import type { Article } from '../../../functions/articles/article.ts';
import type { ArticleStore, PublicationLog } from '../../../functions/articles/article-store.ts';
import type { Edition } from '../../../functions/mail/edition.ts';
import { ownLinks } from '../../../functions/mail/edition.ts';
import { MemoryMailClaims } from '../../../functions/mail/transactional/memory-mail-claims.ts';
import { deliverBatch, type DeliverParts } from '../../../functions/notify/deliver.ts';
import { EditionShelf } from '../../../functions/notify/editions.ts';
import { handleFeedback, type FeedbackParts } from '../../../functions/notify/feedback.ts';
import { SettledBatches } from '../../../functions/notify/settled-batches.ts';
import { handlePlan, type PlanParts } from '../../../functions/notify/plan.ts';
import { MemoryObjectStore } from '../../../functions/platform/memory-object-store.ts';
import type { Queue, SendOptions } from '../../../functions/platform/queue.ts';
import { isoMillis, Temporal, type Clock } from '../../../functions/platform/time.ts';
import type { AnnouncementContent } from '../../../functions/runs/announcement-content.ts';
import type { DeliveryLedger } from '../../../functions/runs/delivery-ledger.ts';
import { MemoryDeliveries } from '../../../functions/runs/memory-deliveries.ts';
import { MemoryPace } from '../../../functions/runs/memory-pace.ts';
import { MemoryRuns } from '../../../functions/runs/memory-runs.ts';
import type { PaceStore } from '../../../functions/runs/pace.ts';
import type { DeliverMessage, PlanMessage } from '../../../functions/runs/run.ts';
import type { RunStore } from '../../../functions/runs/run-store.ts';
import { settleRuns, type Settled } from '../../../functions/runs/settle-runs.ts';
import { startAnnouncementRun, startDueRuns } from '../../../functions/runs/start-due-runs.ts';
import type { Keyring } from '../../../functions/subscribers/keyring.ts';
import { MemorySubscriberStore } from '../../../functions/subscribers/memory-subscriber-store.ts';
import type { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import type { Subscriber } from '../../../functions/subscribers/subscriber.ts';
import { anArticle } from '../articles.ts';
import { aSubscriber, changeTo, testPepper } from '../subscribers.ts';
import { FaultLayer, type Process } from './fault-layer.ts';
import { SimulatedSes, type AcceptedMail } from './simulated-ses.ts';

/** The stores that a world runs on; in memory unless others are given. */
export interface WorldStores {
  articles: ArticleStore & PublicationLog;
  runs: RunStore;
  deliveries: DeliveryLedger;
  paces: PaceStore;
  subscribers: SubscriberStore;
}

export interface WorldOptions {
  /** ISO 8601 */
  at?: string;
  shardCount?: number;
  faults?: FaultLayer;
  queueFaults?: QueueFaults;
  stores?: (clock: Clock, shardCount: number) => Partial<WorldStores>;
  /** How a process reaches the stores: by calls to ports that can go wrong, unless it is done in another way. */
  storesOf?: (process: Process, world: World) => WorldStores;
}

/** What the queues do to their messages, beside delivering them. */
export interface QueueFaults {
  /** Positions of received messages that are received a second time. */
  duplicated?: ReadonlySet<number>;
  /** Positions of received messages that come last of all that is there. */
  reordered?: ReadonlySet<number>;
  /** Positions of handled messages whose deletion is lost: they come again after their visibility timeout. */
  redelivered?: ReadonlySet<number>;
}

type Work =
  | { queue: 'plan'; message: PlanMessage }
  | { queue: 'deliver'; message: DeliverMessage }
  | { queue: 'feedback'; message: { MessageId: string; Message: string } };

type Envelope = Work & { visibleAtMs: number; receives: number; order: number };

type FunctionName = 'clock' | Work['queue'];

/** What a process of a function has built when it started, and keeps while it is warm. */
interface Parts {
  plan: PlanParts & { shardCount: number };
  deliver: DeliverParts;
  feedback: FeedbackParts;
}

type WarmProcess = Process & { parts: Parts };

export const keyring: Keyring = {
  pepper: testPepper,
  tokenKeys: new Map([['k1', Buffer.alloc(32, 7)]]),
  currentKey: 'k1',
};

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * The whole of notify on a clock of its own: queues with visibility timeouts and dead letters, SES with its events,
 * the clock's tick each minute. Hours pass in milliseconds, and everything can go wrong on purpose.
 */
export class World implements Clock {
  readonly faults: FaultLayer;
  readonly ses: SimulatedSes;
  readonly stores: WorldStores;
  readonly archive = new MemoryObjectStore();
  readonly deadLetters: Work[] = [];
  readonly settled: Settled[] = [];
  /** Messages received so far. */
  received = 0;
  isFrozen = false;
  isAllowed = (_address: string): boolean => true;
  /** SES's events get lost on their way while this is set. */
  losesEvents = false;
  readonly shardCount: number;
  readonly #queueFaults: QueueFaults;
  readonly #storesOf: (process: Process) => WorldStores;
  readonly #warm = new Map<FunctionName, WarmProcess>();
  #nowMs: number;
  #envelopes: Envelope[] = [];
  #order = 0;
  #ticked = false;
  #published = 0;

  constructor(options: WorldOptions = {}) {
    this.#nowMs = Temporal.Instant.from(options.at ?? '2026-11-23T12:00:00Z').epochMilliseconds;
    this.shardCount = options.shardCount ?? 2;
    this.faults = options.faults ?? new FaultLayer();
    this.#queueFaults = options.queueFaults ?? {};
    this.stores = {
      articles: new MemoryArticles(),
      runs: new MemoryRuns(),
      deliveries: new MemoryDeliveries(),
      paces: new MemoryPace(),
      subscribers: new MemorySubscriberStore(this.shardCount),
      ...options.stores?.(this, this.shardCount),
    };
    const { storesOf } = options;
    this.#storesOf =
      storesOf === undefined ? (process) => this.#wrapped(process) : (process) => storesOf(process, this);
    this.ses = new SimulatedSes(
      this.faults,
      () => this.#nowMs,
      (eventType, mail) => this.report(eventType, mail),
    );
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(this.#nowMs);
  }

  async subscribe(address: string, overrides: Partial<Subscriber> = {}): Promise<Subscriber> {
    const subscriber = aSubscriber(address, overrides);
    await this.stores.subscribers.put(changeTo(subscriber));
    return subscriber;
  }

  async publish(overrides: Parameters<typeof anArticle>[0] = {}): Promise<Article> {
    this.#published += 1;
    const article = anArticle({
      guid: `a${this.#published}`,
      headline: `Meldung ${this.#published}`,
      ...overrides,
    });
    await this.stores.articles.insert(article, { linkIdentifies: true });
    await this.stores.articles.publish(article.id, isoMillis(this.now()));
    return article;
  }

  /** What `clock` does each minute, as one invocation. */
  async tick(): Promise<void> {
    this.#ticked = await this.#invoke('clock', async ({ plan }) => {
      await startDueRuns(plan, this.now(), this.isFrozen);
      this.settled.push(await settleRuns(plan, this.now()));
    });
  }

  /** Starts an announcement's run, again until it is started, as the clock does. */
  async announce(phase = 'advance'): Promise<void> {
    const run = { announcementId: 'relaunch-2027-01-01', phase, slot: isoMillis(this.now()) };
    const start = ({ plan }: Parts): Promise<void> => startAnnouncementRun(plan, run, this.now());
    while (!(await this.#invoke('clock', start))) this.#nowMs += 60_000;
  }

  /**
   * Lets time pass: a tick each minute, and every message as it becomes visible.
   *
   * @param whenIdle `skip`: what is left when no run is open and no message waits, passes at once
   */
  async until(moment: string | Temporal.Instant, whenIdle: 'tick' | 'skip' = 'tick'): Promise<void> {
    const endMs = Temporal.Instant.from(moment).epochMilliseconds;
    while (this.#nowMs < endMs) {
      await this.tick();
      const nextTickMs = Math.min(endMs, (Math.floor(this.#nowMs / 60_000) + 1) * 60_000);
      await this.#work(nextTickMs);
      this.#nowMs = Math.max(this.#nowMs, nextTickMs);
      const idle = this.#envelopes.length === 0 && (await this.stores.runs.listOpen()).length === 0;
      if (whenIdle === 'skip' && idle && this.#ticked) this.#nowMs = Math.max(this.#nowMs, endMs);
    }
  }

  /** Jumps to a moment without a tick in between: the clock was away. */
  skipTo(moment: string): void {
    this.#nowMs = Temporal.Instant.from(moment).epochMilliseconds;
  }

  /** Puts an event of SES on the feedback queue, as SNS hands it on. */
  report(eventType: string, mail: AcceptedMail, details: object = {}): void {
    if (this.losesEvents) return;
    const { messageId } = mail;
    const tags = Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]]));
    const about = { messageId, tags };
    const envelope = {
      MessageId: `${messageId}-${eventType}`,
      Message: JSON.stringify({ eventType, mail: about, ...details }),
    };
    this.#put({ queue: 'feedback', message: envelope }, 1000 * queues.feedback.delaySeconds);
  }

  /** Every mail that someone got, oldest first. */
  mailsTo({ sid }: Pick<Subscriber, 'sid'>): AcceptedMail[] {
    return this.ses.accepted.filter((mail) => mail.sid === sid);
  }

  readonly #announcements: AnnouncementContent = {
    audience: () => Promise.resolve((subscriber) => subscriber.announcements),
    edition: (): Promise<Edition> =>
      Promise.resolve({
        list: { label: 'hinweise', name: 'Hinweise' },
        subject: 'Relaunch',
        html: `<p>Relaunch <a href="${ownLinks.unsubscribe}">Abmelden</a></p>`,
        text: `Relaunch\n${ownLinks.unsubscribe}\n`,
        attachments: [],
      }),
  };

  #wrapped(process: Process): WorldStores {
    const { faults, stores } = this;
    return {
      articles: faults.wrap(process, 'articles', stores.articles),
      runs: faults.wrap(process, 'runs', stores.runs),
      deliveries: faults.wrap(process, 'deliveries', stores.deliveries),
      paces: faults.wrap(process, 'paces', stores.paces),
      subscribers: faults.wrap(process, 'subscribers', stores.subscribers),
    };
  }

  #partsOf(process: Process): Parts {
    const stores = this.#storesOf(process);
    const archive = this.faults.wrap(process, 'archive', this.archive);
    const announcements = this.#announcements;
    const deliver = this.#queue<DeliverMessage>(process, 'deliver');
    const shared = {
      ...stores,
      announcements,
      isAllowed: (address: string) => this.isAllowed(address),
      mailer: this.ses.mailerOf(process),
      clock: this,
      deliver,
    };
    return {
      plan: { ...shared, plan: this.#queue<PlanMessage>(process, 'plan'), shardCount: this.shardCount },
      deliver: {
        ...shared,
        editions: new EditionShelf({
          articles: stores.articles,
          announcements,
          archive,
          sender: { address: 'newsletter@portal.example', baseUrl: new URL('https://portal.example') },
        }),
        keyring: this.faults.wrap(process, 'keyring', { load: () => Promise.resolve(keyring) }),
        sleep: (ms) => {
          this.#nowMs += Math.ceil(ms);
          return Promise.resolve();
        },
      },
      feedback: {
        settled: new SettledBatches(stores.runs),
        deliveries: stores.deliveries,
        claims: new MemoryMailClaims(),
        subscribers: stores.subscribers,
        archive,
        clock: this,
        log: silent,
      },
    };
  }

  #queue<M extends PlanMessage | DeliverMessage>(process: Process, queue: 'plan' | 'deliver'): Queue<M> {
    return this.faults.wrap(process, `queue.${queue}`, {
      send: (messages: readonly M[], options: SendOptions = {}): Promise<void> => {
        for (const message of messages) {
          this.#put({ queue, message } as unknown as Work, 1000 * (options.delaySeconds ?? 0));
        }
        return Promise.resolve();
      },
    });
  }

  #put(work: Work, delayMs: number): void {
    this.#envelopes.push({ ...work, visibleAtMs: this.#nowMs + delayMs, receives: 0, order: this.#order++ });
  }

  async #work(untilMs: number): Promise<void> {
    for (;;) {
      const next = this.#next();
      if (next === undefined || next.visibleAtMs >= untilMs || this.#nowMs >= untilMs) return;
      this.#nowMs = Math.max(this.#nowMs, next.visibleAtMs);
      await this.#receive(next);
    }
  }

  #next(): Envelope | undefined {
    return this.#envelopes.reduce<Envelope | undefined>(
      (first, envelope) =>
        first === undefined ||
        envelope.visibleAtMs < first.visibleAtMs ||
        (envelope.visibleAtMs === first.visibleAtMs && envelope.order < first.order)
          ? envelope
          : first,
      undefined,
    );
  }

  async #receive(envelope: Envelope): Promise<void> {
    const position = this.received++;
    const { duplicated, reordered, redelivered } = this.#queueFaults;
    if (reordered?.has(position) === true) {
      envelope.order = this.#order++;
      envelope.visibleAtMs = this.#nowMs + 30_000;
      return;
    }
    envelope.receives += 1;
    envelope.visibleAtMs = this.#nowMs + 1000 * queues[envelope.queue].visibilityTimeoutSeconds;
    const handle = (parts: Parts): Promise<void> => this.#handle(parts, envelope);
    const done = await this.#invoke(envelope.queue, handle);
    if (done && duplicated?.has(position) === true) await this.#invoke(envelope.queue, handle);
    if (done && redelivered?.has(position) !== true) this.#remove(envelope);
    else if (!done && envelope.receives >= queues[envelope.queue].maxReceives) {
      this.#remove(envelope);
      this.deadLetters.push(envelope);
    }
  }

  #remove(envelope: Envelope): void {
    this.#envelopes = this.#envelopes.filter((other) => other !== envelope);
  }

  async #handle(parts: Parts, work: Work): Promise<void> {
    switch (work.queue) {
      case 'plan':
        await handlePlan(parts.plan, work.message);
        break;
      case 'deliver':
        await deliverBatch(parts.deliver, work.message, this.now().add({ seconds: 110 }));
        break;
      case 'feedback':
        await handleFeedback(parts.feedback, work.message);
        break;
    }
  }

  /**
   * One invocation of a function, by a warm process if there is one; `false` when it failed. A process that died loses
   * what it kept in memory.
   */
  async #invoke(name: FunctionName, work: (parts: Parts) => Promise<void>): Promise<boolean> {
    const process = this.#warm.get(name) ?? this.#started();
    this.#warm.delete(name);
    process.overtake = async () => {
      await this.#invoke(name, work);
    };
    process.stall = () => {
      const seconds = name === 'clock' ? 300 : queues[name].visibilityTimeoutSeconds;
      return this.until(this.now().add({ seconds: seconds + 1 }));
    };
    let done = true;
    try {
      await work(process.parts);
    } catch {
      done = false;
    }
    if (process.dead) return false;
    if (process.underWay > 0) throw new Error(`${name} has left ${process.underWay} calls under way`);
    this.#warm.set(name, process);
    return done;
  }

  #started(): WarmProcess {
    const process: Process = {
      dead: false,
      underWay: 0,
      overtake: () => Promise.resolve(),
      stall: () => Promise.resolve(),
    };
    return Object.assign(process, { parts: this.#partsOf(process) });
  }
}
