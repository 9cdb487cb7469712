import type { Temporal } from '../platform/time.ts';
import { change } from './change.ts';
import type { SubscriberStore } from './subscriber-store.ts';
import type { Suppression } from './subscriber.ts';

/**
 * Notes that an address can't be reached, or that its owner called a mail of ours spam: nothing is sent to it from then
 * on, until a new confirmation lifts it. A complaint outweighs a bounce. Idempotent.
 */
export async function suppress(
  store: SubscriberStore,
  sid: string,
  because: Suppression,
  at: Temporal.Instant,
): Promise<'suppressed' | 'already' | 'unknown'> {
  const { outcome } = await change(store, sid, at, (row) => {
    if (row === undefined) return { outcome: 'unknown' as const };
    if (row.suppressed === because || row.suppressed === 'complaint') return { outcome: 'already' as const };
    return {
      outcome: 'suppressed' as const,
      next: { subscriber: { ...row, suppressed: because }, entry: { event: 'suppressed', reason: because } },
    };
  });
  return outcome;
}
