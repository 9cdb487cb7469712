import { MemoryArticles } from '../../functions/articles/memory-articles.ts';
import { MemoryObjectStore } from '../../functions/platform/memory-object-store.ts';
import { MemoryQueue } from '../../functions/platform/memory-queue.ts';
import { ErasureList } from '../../functions/subscribers/erasure-list.ts';
import { newKeyringSecret, parseKeyring, type Keyring } from '../../functions/subscribers/keyring.ts';
import { MemoryRateLimits } from '../../functions/subscribers/memory-rate-limits.ts';
import { MemorySubscriberStore } from '../../functions/subscribers/memory-subscriber-store.ts';
import type { SubscriberParts } from '../../functions/subscribers/parts.ts';
import type { TransactionalMessage } from '../../functions/subscribers/transactional-message.ts';
import { testPepper } from './subscribers.ts';

export const testKeyring: Keyring = { ...parseKeyring(newKeyringSecret()), pepper: testPepper };

/** Everything that signing up, changing and leaving need, in memory. */
export function memorySubscriberParts() {
  const mails = new MemoryQueue<TransactionalMessage>();
  const publications = new MemoryArticles();
  return {
    store: new MemorySubscriberStore(4),
    keyring: { load: () => Promise.resolve(testKeyring) },
    limits: new MemoryRateLimits(),
    mails,
    publications,
    runs: { pointers: () => Promise.resolve({}) },
    erasures: new ErasureList(new MemoryObjectStore()),
  } satisfies SubscriberParts;
}
