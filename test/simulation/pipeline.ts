import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { CmsWebhook } from '../../functions/announcements/cms-webhook.ts';
import { freezeAt } from '../../functions/announcements/freeze.ts';
import { AnnouncementMails } from '../../functions/announcements/mail/announcement-mails.ts';
import type { CmsParts } from '../../functions/announcements/tell-cms.ts';
import { healthAt, type Health } from '../../functions/clock/health.ts';
import { tick } from '../../functions/clock/tick.ts';
import { receivePolls } from '../../functions/ingest/receive-polls.ts';
import type { Mailer } from '../../functions/mail/mailer.ts';
import { EditionShelf } from '../../functions/notify/editions.ts';
import { receiveBatches } from '../../functions/notify/receive-batches.ts';
import { receiveFeedback } from '../../functions/notify/receive-feedback.ts';
import { receiveLetters } from '../../functions/notify/receive-letters.ts';
import { receivePlans } from '../../functions/notify/receive-plans.ts';
import { SettledBatches } from '../../functions/notify/settled-batches.ts';
import type { Log } from '../../functions/platform/log.ts';
import type { DeliverMessage, PlanMessage } from '../../functions/runs/run.ts';
import type { PollMessage } from '../../functions/sources/source-store.ts';
import { ErasureList } from '../../functions/subscribers/erasure-list.ts';
import type { Keyring } from '../../functions/subscribers/keyring.ts';
import type { TransactionalMessage } from '../../functions/subscribers/transactional-message.ts';
import { receiveChanges } from '../../functions/syndicate/receive-changes.ts';
import { rebuildFeeds } from '../../functions/syndicate/syndicate.ts';
import { createApp } from '../../functions/web/app.tsx';
import { lambdaHandler } from '../../functions/web/lambda-handler.ts';
import { testPepper } from '../support/subscribers.ts';
import { functionTimeouts, type Cloud, type FunctionDefinition, type Instance } from './cloud.ts';
import { webhookKey, webhookUrl } from './cms.ts';
import { ContentStream, StreamedAnnouncements, StreamedArticles } from './content-stream.ts';
import type { Ministry } from './ministries.ts';
import { SimulatedSes, type PostObserver } from './post.ts';
import { SimulatedQueue } from './queues.ts';
import type { Random } from './random.ts';
import { shardCount, type Stores } from './stores.ts';

export const baseUrl = new URL('https://portal.example');
const sender = 'meldungen@portal.example';

export const keyring: Keyring = {
  pepper: testPepper,
  tokenKeys: new Map([['k1', Buffer.alloc(32, 7)]]),
  currentKey: 'k1',
};

/** What one function is given, instead of what it should be: a broken part of the self-test. */
export type Break = (parts: PortsOf, of: string) => PortsOf;

/** The ports that functions share, as one instance sees them. */
export interface PortsOf extends Stores {
  mailer: Mailer;
  cms: CmsParts['cms'];
}

/**
 * Herold as it is deployed: the functions, over ports that can go wrong, joined by queues and a stream.
 */
export class Pipeline {
  readonly stream: ContentStream;
  readonly articles: StreamedArticles;
  readonly announcements: StreamedAnnouncements;
  readonly stores: Stores;
  readonly queues: Record<'ingest' | 'plan' | 'deliver' | 'feedback' | 'transactional', SimulatedQueue>;
  readonly ses: SimulatedSes;
  readonly functions: {
    clock: FunctionDefinition<void, void>;
    health: FunctionDefinition<void, Health>;
    web: FunctionDefinition<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;
    syndicate: FunctionDefinition<Partial<DynamoDBStreamEvent>, void>;
    /** `herold feeds rebuild`. */
    rebuild: FunctionDefinition<void, void>;
  };

  constructor(
    cloud: Cloud,
    random: Random,
    stores: Stores,
    ministries: ReadonlyMap<string, Ministry>,
    observer: PostObserver,
    log: (service: string) => Log,
    breakPart: Break = (parts) => parts,
  ) {
    const { engine } = cloud;
    const isAllowed = (): boolean => true;
    const webhook = new CmsWebhook(webhookUrl, webhookKey);

    const portsOf = (instance: Instance, name: string): PortsOf => {
      const whole: PortsOf = {
        ...stores,
        articles: this.articles,
        announcements: this.announcements,
        mailer: this.ses,
        cms: webhook,
      };
      // What the CMS's server does to a request is its own affair, and takes its own time.
      const { cms, ...parts } = breakPart(whole, name);
      const ports = Object.fromEntries(
        Object.entries(parts).map(([port, part]) => [port, instance.port(port, part as object)]),
      ) as unknown as PortsOf;
      return { ...ports, cms };
    };
    const queueOf = <M>(instance: Instance, name: keyof Pipeline['queues']) =>
      instance.port('queue', this.queues[name].port<M>());
    const announcementMails = (ports: PortsOf): AnnouncementMails =>
      new AnnouncementMails({ announcements: ports.announcements, clock: engine, baseUrl });

    const ingest: FunctionDefinition<SQSEvent, SQSBatchResponse> = {
      name: 'ingest',
      timeoutMs: functionTimeouts.ingest,
      start: (instance) => {
        const ports = portsOf(instance, 'ingest');
        const http = instance.port('http', {
          fetch: async (address: string, validators: object) => {
            const ministry = ministries.get(new URL(address).hostname.replace('.example', ''));
            return (
              ministry?.answer(address, validators, engine.nowMs) ?? {
                outcome: 'failed' as const,
                reason: 'ENOTFOUND',
              }
            );
          },
        });
        return receivePolls({
          ...ports,
          clock: engine,
          fetch: (address, validators) => http.fetch(address, validators),
          isFrozen: async (at) => freezeAt(await ports.announcements.list(), at) !== undefined,
          log: log('ingest'),
          random: () => random.next(),
        });
      },
    };
    const plan: FunctionDefinition<SQSEvent, SQSBatchResponse> = {
      name: 'plan',
      timeoutMs: functionTimeouts.plan,
      start: (instance) => {
        const ports = portsOf(instance, 'plan');
        return receivePlans(
          {
            ...ports,
            announcements: announcementMails(ports),
            isAllowed,
            plan: queueOf<PlanMessage>(instance, 'plan'),
            deliver: queueOf<DeliverMessage>(instance, 'deliver'),
            clock: engine,
          },
          log('plan'),
        );
      },
    };
    const deliver: FunctionDefinition<SQSEvent, SQSBatchResponse> = {
      name: 'deliver',
      timeoutMs: functionTimeouts.deliver,
      start: (instance) => {
        const ports = portsOf(instance, 'deliver');
        const announcements = announcementMails(ports);
        return receiveBatches(
          {
            ...ports,
            announcements,
            editions: new EditionShelf({
              articles: ports.articles,
              announcements,
              archive: ports.archive,
              sender: { address: sender, baseUrl },
            }),
            deliver: queueOf<DeliverMessage>(instance, 'deliver'),
            keyring: { load: async () => keyring },
            isAllowed,
            clock: engine,
            sleep: (ms) => instance.sleep(Math.ceil(ms)),
          },
          log('deliver'),
        );
      },
    };
    const feedback: FunctionDefinition<SQSEvent, SQSBatchResponse> = {
      name: 'feedback',
      timeoutMs: functionTimeouts.feedback,
      start: (instance) => {
        const ports = portsOf(instance, 'feedback');
        return receiveFeedback({
          ...ports,
          settled: new SettledBatches(ports.runs),
          clock: engine,
          log: log('feedback'),
        });
      },
    };
    const transactional: FunctionDefinition<SQSEvent, SQSBatchResponse> = {
      name: 'transactional',
      timeoutMs: functionTimeouts.transactional,
      start: (instance) => {
        const ports = portsOf(instance, 'transactional');
        return receiveLetters(
          {
            store: ports.subscribers,
            claims: ports.claims,
            mailer: ports.mailer,
            keyring: { load: async () => keyring },
            queue: queueOf<TransactionalMessage>(instance, 'transactional'),
            baseUrl,
            sender,
            log: log('transactional'),
          },
          engine,
        );
      },
    };
    this.functions = {
      clock: {
        name: 'clock',
        timeoutMs: functionTimeouts.clock,
        start: (instance) => {
          const ports = portsOf(instance, 'clock');
          const parts = {
            ...ports,
            ingest: queueOf<PollMessage>(instance, 'ingest'),
            plan: queueOf<PlanMessage>(instance, 'plan'),
            shardCount,
            log: log('clock'),
          };
          return async () => {
            parts.log.info('ticked', await tick(parts, engine.now()));
          };
        },
      },
      health: {
        name: 'health',
        timeoutMs: functionTimeouts.health,
        start: (instance) => {
          const ports = portsOf(instance, 'health');
          return () => healthAt(ports, engine.now());
        },
      },
      web: {
        name: 'web',
        timeoutMs: functionTimeouts.web,
        start: (instance) => {
          const ports = portsOf(instance, 'web');
          const app = createApp({
            ...ports,
            baseUrl,
            clock: engine,
            log: log('web'),
            subscriptions: {
              store: ports.subscribers,
              keyring: { load: async () => keyring },
              limits: ports.limits,
              mails: queueOf<TransactionalMessage>(instance, 'transactional'),
              publications: ports.articles,
              runs: ports.runs,
              erasures: new ErasureList(ports.archive),
              clock: engine,
              networkDetail: 'prefix',
            },
          });
          return lambdaHandler(app);
        },
      },
      syndicate: {
        name: 'syndicate',
        timeoutMs: functionTimeouts.syndicate,
        start: (instance) => {
          const ports = portsOf(instance, 'syndicate');
          return receiveChanges({ ...ports, objects: ports.feeds, baseUrl, log: log('syndicate') });
        },
      },
      rebuild: {
        name: 'rebuild',
        timeoutMs: functionTimeouts.rebuild,
        start: (instance) => {
          const ports = portsOf(instance, 'rebuild');
          return async () => {
            await rebuildFeeds({ ...ports, objects: ports.feeds, baseUrl, log: log('rebuild') });
          };
        },
      },
    };
    this.stream = new ContentStream(cloud, random, this.functions.syndicate);
    this.articles = new StreamedArticles(stores.articles, this.stream);
    this.announcements = new StreamedAnnouncements(stores.announcements, this.stream);
    this.stores = stores;
    const queue = (
      name: keyof Pipeline['queues'],
      consumer: FunctionDefinition<SQSEvent, SQSBatchResponse>,
    ) => new SimulatedQueue(name, cloud, random, consumer);
    this.queues = {
      ingest: queue('ingest', ingest),
      plan: queue('plan', plan),
      deliver: queue('deliver', deliver),
      feedback: queue('feedback', feedback),
      transactional: queue('transactional', transactional),
    };
    this.ses = new SimulatedSes(cloud, random, this.queues.feedback, observer);
  }
}
