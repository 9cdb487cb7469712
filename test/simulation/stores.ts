import type { AnnouncementStore } from '../../functions/announcements/announcement-store.ts';
import { MemoryAnnouncements } from '../../functions/announcements/memory-announcements.ts';
import { MemoryStatusChanges } from '../../functions/announcements/memory-status-changes.ts';
import type { StatusChangeStore } from '../../functions/announcements/status-change.ts';
import type { ArticleStore, PublicationLog } from '../../functions/articles/article-store.ts';
import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import type { MailClaims } from '../../functions/mail/transactional/mail-claims.ts';
import { MemoryMailClaims } from '../../functions/mail/transactional/memory-mail-claims.ts';
import { MemoryObjectStore } from '../../functions/platform/memory-object-store.ts';
import type { ObjectStore } from '../../functions/platform/object-store.ts';
import type { DeliveryLedger } from '../../functions/runs/delivery-ledger.ts';
import { MemoryDeliveries } from '../../functions/runs/memory-deliveries.ts';
import { MemoryPace } from '../../functions/runs/memory-pace.ts';
import { MemoryRuns } from '../../functions/runs/memory-runs.ts';
import type { PaceStore } from '../../functions/runs/pace.ts';
import type { RunStore } from '../../functions/runs/run-store.ts';
import { MemorySources } from '../../functions/sources/memory-sources.ts';
import type { SourceStore } from '../../functions/sources/source-store.ts';
import { MemoryRateLimits } from '../../functions/subscribers/memory-rate-limits.ts';
import { MemorySubscriberStore } from '../../functions/subscribers/memory-subscriber-store.ts';
import type { RateLimits } from '../../functions/subscribers/rate-limits.ts';
import type { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import type { Engine } from './engine.ts';
import { lagging } from './lagging.ts';
import type { Random } from './random.ts';

/** All that Herold stores, each behind its port. */
export interface Stores {
  articles: ArticleStore & PublicationLog;
  announcements: AnnouncementStore;
  statusChanges: StatusChangeStore;
  sources: SourceStore;
  runs: RunStore;
  deliveries: DeliveryLedger;
  paces: PaceStore;
  subscribers: SubscriberStore;
  limits: RateLimits;
  claims: MailClaims;
  feeds: ObjectStore;
  archive: ObjectStore;
}

export const shardCount = 2;

/** Reads that see every write at once. */
export const promptly: typeof lagging = (primary) => primary;

/**
 * The in-memory implementations; what may lag behind in DynamoDB lags behind.
 *
 * @param lag how reads lag
 */
export function memoryStores(engine: Engine, random: Random, lag: typeof lagging = lagging): Stores {
  return {
    articles: new MemoryArticles(),
    announcements: new MemoryAnnouncements(),
    statusChanges: new MemoryStatusChanges(),
    sources: new MemorySources(),
    runs: lag<RunStore>(new MemoryRuns(), new MemoryRuns(), {
      engine,
      random,
      writes: ['finishBatch'],
      mayLag: (method) => method === 'getFinished' || method === 'listFinished',
    }),
    deliveries: lag<DeliveryLedger>(new MemoryDeliveries(), new MemoryDeliveries(), {
      engine,
      random,
      writes: ['claim', 'record', 'accept', 'expire'],
      mayLag: (method, args) => method === 'get' && args[1] === 'lax',
    }),
    paces: new MemoryPace(),
    subscribers: new MemorySubscriberStore(shardCount),
    limits: new MemoryRateLimits(),
    claims: new MemoryMailClaims(),
    feeds: new MemoryObjectStore(),
    archive: new MemoryObjectStore(),
  };
}
