import type { Temporal } from '../platform/time.ts';
import { change, leftRow, type Next } from './change.ts';
import type { ConsentReason } from './consent.ts';
import type { SubscriberParts } from './parts.ts';
import { changeSubscriptions } from './since.ts';
import type { Choice, Subscriber } from './subscriber.ts';

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
  parts: Pick<SubscriberParts, 'store' | 'publications' | 'runs'>,
  { sid, scope, reason, network }: Leaving,
  allTopics: readonly string[],
  at: Temporal.Instant,
): Promise<{ outcome: 'left' | 'already'; before: Subscriber | undefined; after: Subscriber | undefined }> {
  let before: Subscriber | undefined;
  const { outcome, subscriber } = await change(parts.store, sid, at, async (row) => {
    before = row;
    const next =
      row === undefined || row.state === 'left' ? undefined : await without(parts, row, scope, allTopics, at);
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
async function without(
  parts: Pick<SubscriberParts, 'publications' | 'runs'>,
  row: Subscriber,
  scope: LeaveScope,
  allTopics: readonly string[],
  at: Temporal.Instant,
): Promise<Next['subscriber'] | undefined> {
  if ('all' in scope) return leftRow(row);
  if (row.state !== 'confirmed') return undefined;
  if ('announcements' in scope) {
    if (!row.announcements) return undefined;
    return row.subscriptions.length === 0 ? leftRow(row) : { ...row, announcements: false };
  }
  const had = row.subscriptions.some(({ topics }) => topics === 'alle' || topics.includes(scope.topic));
  if (!had || !allTopics.includes(scope.topic)) return undefined;
  const rest = row.subscriptions.flatMap(({ cadence, topics }): Choice['subscriptions'] => {
    if (topics !== 'alle' && !topics.includes(scope.topic)) return [{ cadence, topics }];
    const others = (topics === 'alle' ? allTopics : topics).filter((topic) => topic !== scope.topic);
    return others.length === 0 ? [] : [{ cadence, topics: others }];
  });
  if (rest.length === 0 && !row.announcements) return leftRow(row);
  return { ...row, ...(await changeSubscriptions(parts, row, rest, at)) };
}
