import type { PublicationLog } from '../articles/article-store.ts';
import type { Queue } from '../platform/queue.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { ErasureList } from './erasure-list.ts';
import type { KeyringSource } from './keyring.ts';
import type { RateLimits } from './rate-limits.ts';
import type { SubscriberStore } from './subscriber-store.ts';
import type { TransactionalMessage } from './transactional-message.ts';

/** What signing up, changing and leaving are made of. */
export interface SubscriberParts {
  store: SubscriberStore;
  keyring: KeyringSource;
  limits: RateLimits;
  mails: Queue<TransactionalMessage>;
  publications: Pick<PublicationLog, 'lastNumber'>;
  runs: Pick<RunStore, 'pointers'>;
  erasures: Pick<ErasureList, 'add'>;
}
