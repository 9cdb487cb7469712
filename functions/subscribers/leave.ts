import type { Temporal } from '../platform/time.ts';
import { change, leftRow, type Next } from './change.ts';
import type { ConsentReason } from './consent.ts';
import type { SubscriberStore } from './subscriber-store.ts';
import type { Subscriber, Subscription } from './subscriber.ts';

/** What someone leaves: everything, one topic, or the announcements. */
export type LeaveScope = { all: true } | { topic: string } | { announcements: true };

export interface Leaving {
  sid: string;
  scope: LeaveScope;
  reason: Extract<ConsentReason, 'unsubscribe-page' | 'one-click' | 'settings-page' | 'operator'>;
  network: string | undefined;
}

/**
 * Unsubscribes, for mails that are not yet sent too. Idempotent. Who has nothing left has left; nothing but the hash of
 * the address stays then.
 *
 * @param allTopics slugs of all topics: who has them all and leaves one, keeps the others
 * @returns the row as it was before, when anything changed, for a way back
 */
export async function leave(
  store: SubscriberStore,
  { sid, scope, reason, network }: Leaving,
  allTopics: readonly string[],
  at: Temporal.Instant,
): Promise<{ outcome: 'left' | 'already'; before: Subscriber | undefined; after: Subscriber | undefined }> {
  let before: Subscriber | undefined;
  const { outcome, subscriber } = await change(store, sid, at, (row) => {
    before = row;
    const next = row === undefined || row.state === 'left' ? undefined : without(row, scope, allTopics);
    if (next === undefined) return { outcome: 'already' as const };
    return {
      outcome: 'left' as const,
      next: {
        subscriber: next,
        entry: {
          event: next.state === 'left' ? 'left' : 'changed',
          reason,
          ...(network !== undefined && { network }),
        },
      },
    };
  });
  return { outcome, before, after: subscriber };
}

/** The row without what is left; `undefined` when that was not there. */
function without(
  row: Subscriber,
  scope: LeaveScope,
  allTopics: readonly string[],
): Next['subscriber'] | undefined {
  if ('all' in scope) return leftRow(row);
  if (row.state !== 'confirmed') return undefined;
  const next = { ...row };
  if ('announcements' in scope) {
    if (!row.announcements) return undefined;
    next.announcements = false;
  } else {
    const had = row.subscriptions.filter(({ topics }) => topics === 'alle' || topics.includes(scope.topic));
    if (had.length === 0 || !allTopics.includes(scope.topic)) return undefined;
    next.subscriptions = row.subscriptions.flatMap((subscription): Subscription[] => {
      const { topics } = subscription;
      const rest = (topics === 'alle' ? allTopics : topics).filter((topic) => topic !== scope.topic);
      if (topics !== 'alle' && rest.length === topics.length) return [subscription];
      return rest.length === 0 ? [] : [{ ...subscription, topics: rest }];
    });
  }
  return next.subscriptions.length === 0 && !next.announcements ? leftRow(row) : next;
}
